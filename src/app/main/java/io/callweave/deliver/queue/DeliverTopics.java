package io.callweave.deliver.queue;

import io.callweave.topics.Topic;

/**
 * The topics of the deliverer, by their names on the broker.
 *
 * @param prefix of every name
 */
public record DeliverTopics(String prefix) {

    public String calls() {
        return Topic.CALLS.name(prefix);
    }

    String liveCalls() {
        return Topic.LIVE_CALLS.name(prefix);
    }

    String partyEvents() {
        return Topic.PARTY_EVENTS.name(prefix);
    }

    /** Optional. */
    public String directory() {
        return Topic.DIRECTORY.name(prefix);
    }

    public String subscriptions() {
        return Topic.DELIVER_SUBSCRIPTIONS.name(prefix);
    }

    public String requests() {
        return Topic.DELIVER_REQUESTS.name(prefix);
    }

    public String deadLetters() {
        return Topic.DELIVER_DEAD_LETTERS.name(prefix);
    }
}
