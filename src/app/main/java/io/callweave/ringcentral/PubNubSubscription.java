package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;

/** A subscription that PubNub delivers, and where. */
public record PubNubSubscription(Subscription subscription, Channel channel) {

    static PubNubSubscription of(JsonNode answer) {
        Subscription subscription = Subscription.of(answer);
        if (subscription.id().isEmpty()) {
            throw Refusals.unreadable("The server");
        }
        return new PubNubSubscription(subscription, Channel.of(answer.path("deliveryMode")));
    }
}
