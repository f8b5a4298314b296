package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;

/** A subscription that PubNub delivers, and where. */
public record PubNubSubscription(Subscription subscription, Channel channel) {

    static PubNubSubscription of(JsonNode answer) {
        return new PubNubSubscription(Subscription.of(answer), Channel.of(answer.path("deliveryMode")));
    }
}
