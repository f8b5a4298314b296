package io.callweave.settings.value;

/** How notifications come from RingCentral. */
public enum ConnectionWay {
    WEBHOOK,
    WEBSOCKET,
    PUBNUB
}
