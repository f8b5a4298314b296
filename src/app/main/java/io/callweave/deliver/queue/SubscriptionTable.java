package io.callweave.deliver.queue;

import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscriptions as the tasks see them: read from the global store when it has changed. Thread-safe. */
public final class SubscriptionTable {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionTable.class);

    private final AtomicLong changes = new AtomicLong(1);
    private final Map<Integer, Long> reached = new HashMap<>();
    private final Consumer<Collection<WebhookSubscription>> listener;
    private long read;
    private Map<String, WebhookSubscription> current = Map.of();
    private Map<String, Parsed> parsed = Map.of();

    /** @param subscription null if the value is none */
    private record Parsed(byte[] value, @Nullable WebhookSubscription subscription) {}

    /** @param listener hears the subscriptions after each change */
    public SubscriptionTable(Consumer<Collection<WebhookSubscription>> listener) {
        this.listener = listener;
    }

    /** The store has changed. */
    void changed() {
        changes.incrementAndGet();
    }

    /** A change has reached the store. */
    void changed(int partition, long offset) {
        changed();
        synchronized (reached) {
            reached.merge(partition, offset, Math::max);
            reached.notifyAll();
        }
    }

    /**
     * Waits until a change is among those of the store.
     *
     * @return false if it is not in time
     */
    public boolean await(int partition, long offset, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (reached) {
            while (reached.getOrDefault(partition, -1L) < offset) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    reached.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    /** All, by id. */
    public synchronized Map<String, WebhookSubscription> of(ReadOnlyKeyValueStore<String, byte[]> store) {
        long now = changes.get();
        if (now != read) {
            current = Map.copyOf(all(store));
            read = now;
            listener.accept(current.values());
        }
        return current;
    }

    /** Parses what has changed only: one account can have megabytes of filters, and change one subscription after another. */
    private Map<String, WebhookSubscription> all(ReadOnlyKeyValueStore<String, byte[]> store) {
        Map<String, Parsed> now = new HashMap<>();
        Map<String, WebhookSubscription> found = new LinkedHashMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                Parsed before = parsed.get(next.key);
                Parsed each = before != null && Arrays.equals(before.value, next.value)
                        ? before
                        : new Parsed(next.value, parsed(next.key, next.value));
                now.put(next.key, each);
                if (each.subscription != null) {
                    found.put(each.subscription.id(), each.subscription);
                }
            }
        }
        parsed = now;
        return found;
    }

    private static @Nullable WebhookSubscription parsed(String id, byte[] value) {
        try {
            return SubscriptionJson.read(value);
        } catch (IllegalArgumentException e) {
            LOG.atWarn()
                    .setMessage("A subscription cannot be read, and gets nothing.")
                    .addKeyValue("subscription", id)
                    .log();
            return null;
        }
    }

    /** Those that want to know what happens in an account, of some. */
    static List<WebhookSubscription> concerned(Collection<WebhookSubscription> all, String account) {
        return all.stream()
                .filter(each -> each.state().collects() && each.concerns(account))
                .toList();
    }
}
