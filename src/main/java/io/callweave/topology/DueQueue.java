package io.callweave.topology;

import io.callweave.call.SessionKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When to look at which session again. Entries are never moved: one that has become pointless is dropped when its time
 * comes. And nothing is looked for below the last time handled, because a queue in RocksDB leaves tombstones at its
 * beginning, which a scan from the start has to step over one by one; nor before the next entry is due.
 */
final class DueQueue {

    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private long handledUpTo;
    private long nextDue = Long.MIN_VALUE;

    /** A session whose time has come. */
    record Due(long time, SessionKey key) {}

    DueQueue(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void add(long time, SessionKey key) {
        store.put(StoreKeys.due(time, key), PRESENT);
        handledUpTo = Math.min(handledUpTo, time);
        nextDue = Math.min(nextDue, time);
    }

    /**
     * Takes the entries out that are due.
     *
     * @param now the time up to which entries are due, included
     * @param limit how many at the most; as many as that means that there may be more
     */
    List<Due> take(long now, int limit) {
        if (now < nextDue || now < handledUpTo) {
            return List.of();
        }
        List<Due> due = new ArrayList<>();
        nextDue = Long.MAX_VALUE;
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(StoreKeys.dueFrom(handledUpTo), null)) {
            while (entries.hasNext()) {
                BinaryReader in = StoreKeys.reader(entries.next().key);
                long time = in.i64();
                if (time > now || due.size() == limit) {
                    nextDue = time;
                    break;
                }
                due.add(new Due(time, StoreKeys.sessionOf(in)));
            }
        }
        for (Due entry : due) {
            store.delete(StoreKeys.due(entry.time(), entry.key()));
            handledUpTo = entry.time();
        }
        return due;
    }
}
