package io.callweave.topology.fairness;

import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.StoreKeys;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What waits, of each account in the order in which it came. It is kept in the store, so that a restart finds it. */
final class WaitingQueues {

    private final KeyValueStore<Bytes, byte[]> store;

    /** The account whose turn is next comes first. */
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
                bytes += entry.value.length;
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

    /** In bytes, of all accounts. */
    long bytes() {
        return bytes;
    }

    void add(String account, Waiting work) {
        Queue queue = queues.computeIfAbsent(account, added -> new Queue());
        byte[] kept = work.bytes();
        store.put(StoreKeys.waiting(account, queue.next), kept);
        queue.next++;
        bytes += kept.length;
        entries++;
    }

    /** The account whose turn is next. */
    String nextAccount() {
        return queues.keySet().iterator().next();
    }

    /** Removes and returns the first of the account whose turn is next; then it is another one's turn. */
    Waiting take() {
        Iterator<Map.Entry<String, Queue>> all = queues.entrySet().iterator();
        Map.Entry<String, Queue> turn = all.next();
        String account = turn.getKey();
        Queue queue = turn.getValue();
        all.remove();
        Bytes key = StoreKeys.waiting(account, queue.first);
        byte[] kept = store.get(key);
        if (kept == null) {
            throw new IllegalStateException("Work number %d that waits for its turn is lost.".formatted(queue.first));
        }
        // Not delete, which reads the value that it deletes.
        store.put(key, null);
        queue.first++;
        bytes -= kept.length;
        entries--;
        if (queue.first < queue.next) {
            queues.put(account, queue);
        }
        return Waiting.read(kept);
    }
}
