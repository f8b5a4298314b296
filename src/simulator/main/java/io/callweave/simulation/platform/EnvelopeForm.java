package io.callweave.simulation.platform;

/** What is around a notification on the wire. */
public enum EnvelopeForm {

    /** The form of a webhook. */
    PLAIN,

    /** The form of a WebSocket: a list of a header and the envelope. */
    WEB_SOCKET_FRAME,

    /** The form of a mobile application in 2018: the envelope inside {@code pn_apns}. */
    PN_APNS
}
