package io.callweave.topology;

import io.callweave.call.SessionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    private long earliestAdded = Long.MAX_VALUE;

    /** A session whose time has come. */
    record Due(long time, SessionKey key) {}

    DueQueue(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void add(long time, SessionKey key) {
        store.put(StoreKeys.due(time, key), PRESENT);
        handledUpTo = Math.min(handledUpTo, time);
        nextDue = Math.min(nextDue, time);
        earliestAdded = Math.min(earliestAdded, time);
    }

    /**
     * Works off what is due, in order of time, each entry at its own time: where the clock has leapt, an entry that is added
     * on the way comes before those that are later than it.
     *
     * @param now the time up to which entries are due, included
     * @param limit how many at the most
     * @return whether more are due
     */
    boolean workOff(long now, int limit, Consumer<Due> work) {
        int done = 0;
        while (now >= nextDue && done < limit) {
            long following = Long.MAX_VALUE;
            List<Due> loaded = load(now, limit - done + 1);
            earliestAdded = Long.MAX_VALUE;
            if (loaded.isEmpty()) {
                nextDue = Long.MAX_VALUE;
                return false;
            }
            for (Due entry : loaded) {
                if (entry.time() > now || done == limit || earliestAdded < entry.time()) {
                    following = entry.time();
                    break;
                }
                store.delete(StoreKeys.due(entry.time(), entry.key()));
                handledUpTo = entry.time();
                work.accept(entry);
                done++;
            }
            nextDue = Math.min(following, earliestAdded);
        }
        return now >= nextDue;
    }

    /** The next entries, up to the first that is not due yet. */
    private List<Due> load(long now, int limit) {
        List<Due> loaded = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.range(StoreKeys.dueFrom(handledUpTo), StoreKeys.dueEnd())) {
            while (entries.hasNext() && loaded.size() < limit) {
                BinaryReader in = StoreKeys.reader(entries.next().key);
                Due entry = new Due(in.i64(), StoreKeys.sessionOf(in));
                loaded.add(entry);
                if (entry.time() > now) {
                    break;
                }
            }
        }
        return loaded;
    }
}
