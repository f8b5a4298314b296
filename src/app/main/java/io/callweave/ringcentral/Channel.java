package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where PubNub delivers a subscription. Never shows the keys.
 *
 * @param name of the channel
 * @param encryptionKey in Base64; empty if messages are not encrypted
 */
public record Channel(String subscriberKey, String name, String encryptionKey) {

    static Channel of(JsonNode deliveryMode) {
        String key = deliveryMode.path("subscriberKey").asText("");
        String name = deliveryMode.path("address").asText("");
        if (key.isEmpty() || name.isEmpty()) {
            throw Refusals.unreadable("The server");
        }
        return new Channel(key, name, deliveryMode.path("encryptionKey").asText(""));
    }

    @Override
    public String toString() {
        return "Channel[" + name + "]";
    }
}
