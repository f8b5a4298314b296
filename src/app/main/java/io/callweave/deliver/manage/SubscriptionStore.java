package io.callweave.deliver.manage;

import io.callweave.deliver.subscription.WebhookSubscription;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The topics of the deliverer, as those who manage subscriptions read and write them. What is written is safe when the method
 * returns, but for one. Each method throws a {@link SubscriptionException} if Kafka does not take or give something.
 */
public interface SubscriptionStore {

    /**
     * Where a change of a subscription is on its topic.
     *
     * @param partition of the topic
     */
    record Place(int partition, long offset) {}

    /** All subscriptions, by id. */
    Map<String, WebhookSubscription> all();

    Place put(WebhookSubscription subscription);

    Place delete(String id);

    /**
     * Asks for a test of the endpoint.
     *
     * @param now in milliseconds since the epoch
     */
    void test(String id, long now);

    /**
     * Reads at least what could not be delivered in these accounts, of each call the oldest first.
     *
     * @param accounts {@code *} for all
     */
    void undelivered(Set<String> accounts, Consumer<Undelivered> sink);

    /**
     * Asks for another delivery.
     *
     * @return waits until that is safe; many can be asked for before
     */
    Runnable again(Undelivered webhook);
}
