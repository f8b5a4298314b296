package io.callweave.platform.subscription;

/** Asks a webhook to show that it expects RingCentral. */
public interface Handshake {

    /**
     * Sends a validation token, which the webhook must return.
     *
     * @throws io.callweave.platform.rest.PlatformError if the webhook is not reachable, or answers otherwise
     */
    void perform(DeliveryMode.Webhook webhook);
}
