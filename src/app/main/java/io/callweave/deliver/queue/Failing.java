package io.callweave.deliver.queue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Since when endpoints fail, over restarts. */
final class Failing {

    private final KeyValueStore<String, byte[]> store;
    private final Map<String, Long> known = new HashMap<>();

    Failing(KeyValueStore<String, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                known.put(next.key, ByteBuffer.wrap(next.value).getLong());
            }
        }
    }

    void succeeded(String subscription) {
        if (known.remove(subscription) != null) {
            store.delete(subscription);
        }
    }

    /** Forgets all other subscriptions. */
    void retain(Set<String> subscriptions) {
        Set.copyOf(known.keySet()).stream()
                .filter(each -> !subscriptions.contains(each))
                .forEach(this::succeeded);
    }

    /**
     * Another failure.
     *
     * @param notBefore when it was well for sure
     * @param now used if this is the first failure since then
     * @return since when it fails
     */
    long since(String subscription, long notBefore, long now) {
        Long before = known.get(subscription);
        if (before != null && before >= notBefore) {
            return before;
        }
        known.put(subscription, now);
        store.put(subscription, ByteBuffer.allocate(Long.BYTES).putLong(now).array());
        return now;
    }
}
