package io.callweave.deliver.app;

import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.deliver.manage.SubscriptionStore;
import io.callweave.deliver.manage.Undelivered;
import io.callweave.deliver.queue.SubscriptionTable;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The subscriptions as this instance reads them anyway, so that nobody who asks for them reads their topic again. A change is
 * among them when its method returns.
 */
final class CurrentSubscriptions implements SubscriptionStore {

    /** What Kafka has taken stays, and comes later: a new secret is shown only now. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SubscriptionStore topics;
    private final SubscriptionTable table;
    private final Supplier<ReadOnlyKeyValueStore<String, byte[]>> store;
    private final BiConsumer<Set<String>, Consumer<Undelivered>> deadLetters;

    /**
     * Reads nothing yet.
     *
     * @param topics takes changes
     * @param store what the table is of; fails until it is loaded
     * @param deadLetters reads those of accounts
     */
    CurrentSubscriptions(
            SubscriptionStore topics,
            SubscriptionTable table,
            Supplier<ReadOnlyKeyValueStore<String, byte[]>> store,
            BiConsumer<Set<String>, Consumer<Undelivered>> deadLetters) {
        this.topics = topics;
        this.table = table;
        this.store = store;
        this.deadLetters = deadLetters;
    }

    @Override
    public Map<String, WebhookSubscription> all() {
        try {
            return table.of(store.get());
        } catch (RuntimeException notLoaded) { // each state of Kafka Streams has an exception of its own
            throw new SubscriptionException(
                    SubscriptionException.Kind.UNAVAILABLE,
                    "The deliverer has not yet read the subscriptions; try again in a few seconds.",
                    notLoaded);
        }
    }

    @Override
    public Place put(WebhookSubscription subscription) {
        return read(topics.put(subscription));
    }

    @Override
    public Place delete(String id) {
        return read(topics.delete(id));
    }

    private Place read(Place place) {
        var unused = table.await(place.partition(), place.offset(), PATIENCE);
        return place;
    }

    @Override
    public void test(String id, long now) {
        topics.test(id, now);
    }

    @Override
    public void undelivered(Set<String> accounts, Consumer<Undelivered> sink) {
        deadLetters.accept(accounts, sink);
    }

    @Override
    public Runnable again(Undelivered webhook) {
        return topics.again(webhook);
    }
}
