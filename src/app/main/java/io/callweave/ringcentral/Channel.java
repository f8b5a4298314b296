package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where PubNub delivers a subscription. Never shows the keys.
 *
 * @param name of the channel
 * @param encryptionKey in Base64; empty if messages are not encrypted
 */
public record Channel(String subscriberKey, String name, String encryptionKey) {

    /** RingCentral's have a hundred characters at most. */
    private static final int LONGEST = 500;

    static Channel of(JsonNode deliveryMode) {
        String key = Refusals.kept(deliveryMode.path("subscriberKey"), LONGEST);
        String name = Refusals.kept(deliveryMode.path("address"), LONGEST);
        if (key.isEmpty() || name.isEmpty()) {
            throw Refusals.unreadable("The server");
        }
        return new Channel(key, name, Refusals.kept(deliveryMode.path("encryptionKey"), LONGEST));
    }

    @Override
    public String toString() {
        return "Channel[" + name + "]";
    }
}
