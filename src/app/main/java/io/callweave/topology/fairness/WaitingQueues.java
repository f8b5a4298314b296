package io.callweave.topology.fairness;

import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.StoreKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What waits, of each account in the order in which it came. It is kept in the store, so that a restart finds it. */
final class WaitingQueues {

    /** About what an entry takes beside its value. */
    private static final int ENTRY_BYTES = 100;

    private final KeyValueStore<Bytes, byte[]> store;

    private final Map<String, Queue> queues = new LinkedHashMap<>();

    private long bytes;
    private long entries;

    /** The numbers of the entries of an account, from the first one to the one that comes next. */
    private static final class Queue {
        private long first;
        private long next;
    }

    /** Takes up what a restored store holds. */
    WaitingQueues(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> kept = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.WAITING))) {
            while (kept.hasNext()) {
                KeyValue<Bytes, byte[]> entry = kept.next();
                BinaryReader in = StoreKeys.reader(entry.key);
                String account = in.string();
                long number = in.i64();
                Queue queue = queues.get(account);
                if (queue == null) {
                    queue = new Queue();
                    queue.first = number;
                    queues.put(account, queue);
                }
                queue.next = number + 1;
                bytes += size(entry.value);
                entries++;
            }
        }
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }

    boolean has(String account) {
        return queues.containsKey(account);
    }

    /** How much waits, of all accounts. */
    long entries() {
        return entries;
    }

    /** About how many bytes wait, of all accounts. */
    long bytes() {
        return bytes;
    }

    void add(String account, PutOffWork work) {
        Queue queue = queues.computeIfAbsent(account, added -> new Queue());
        byte[] kept = work.bytes();
        store.put(StoreKeys.waiting(account, queue.next), kept);
        queue.next++;
        bytes += size(kept);
        entries++;
    }

    /** Those that have something, first the one that was not served for the longest time. */
    Set<String> accounts() {
        return queues.keySet();
    }

    /** Removes and returns the first of an account. */
    PutOffWork take(String account) {
        Queue queue = Objects.requireNonNull(queues.remove(account), account);
        Bytes key = StoreKeys.waiting(account, queue.first);
        byte[] kept = store.get(key);
        if (kept == null) {
            throw new IllegalStateException("Work number %d that waits for its turn is lost.".formatted(queue.first));
        }
        // Not delete, which reads the value that it deletes.
        store.put(key, null);
        queue.first++;
        bytes -= size(kept);
        entries--;
        if (queue.first < queue.next) {
            queues.put(account, queue);
        }
        return PutOffWork.read(kept);
    }

    private static long size(byte[] kept) {
        return ENTRY_BYTES + (long) kept.length;
    }
}
