package io.callweave.topology.time;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.StoreKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * When to look at which session again. Entries are never moved: one that has become pointless is dropped when its time
 * comes. A queue in RocksDB leaves tombstones at its beginning, which a scan steps over one by one. So a scan begins behind
 * the last entry that was handled, also after a restart, and there is none before the next entry is due.
 */
public final class DueQueue {

    /** How many entries may be handled before the position is written down, for a restart. */
    public static final int POSITION_EVERY = 1_000;

    /** How many entries one scan loads. */
    static final int LOADED_AT_ONCE = 256;

    private static final byte[] PRESENT = {1};
    private static final Bytes POSITION = StoreKeys.of(StoreKeys.Kind.POSITION);

    private final KeyValueStore<Bytes, byte[]> store;

    /** No entry lies before it. */
    private Bytes position;

    private @Nullable Bytes writtenPosition;
    private int handled;
    private long nextDue = Long.MIN_VALUE;
    private long earliestAdded = Long.MAX_VALUE;

    /** A session whose time has come. */
    public record Due(long time, SessionKey key) {}

    public DueQueue(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        byte[] written = store.get(POSITION);
        if (written == null) {
            position = StoreKeys.dueFrom(0);
        } else {
            BinaryReader in = new BinaryReader(written);
            in.format("The position of a queue");
            position = Bytes.wrap(in.rest());
            writtenPosition = position;
        }
    }

    public void add(long time, SessionKey key) {
        Bytes entry = StoreKeys.due(time, key);
        store.put(entry, PRESENT);
        if (entry.compareTo(position) < 0) {
            position = entry;
            if (writtenPosition != null && entry.compareTo(writtenPosition) < 0) {
                writePosition();
            }
        }
        nextDue = Math.min(nextDue, time);
        earliestAdded = Math.min(earliestAdded, time);
    }

    /** Whether an entry may be due; nothing is read to find out. */
    public boolean mayHave(long now) {
        return now >= nextDue;
    }

    /**
     * Works off what is due, in order of time, each entry at its own time: where the clock has leapt, an entry that is added
     * on the way comes before those that are later than it.
     *
     * @param now the time up to which entries are due, included
     * @return whether more are due
     */
    public boolean processDue(long now, StepLimits.Budget budget, Consumer<Due> work) {
        while (now >= nextDue && !budget.isSpent()) {
            List<Due> loaded = load(now);
            earliestAdded = Long.MAX_VALUE;
            if (loaded.isEmpty()) {
                nextDue = Long.MAX_VALUE;
                return false;
            }
            // Where a scan ends before it is full, there is nothing behind it.
            long following = loaded.size() < LOADED_AT_ONCE
                    ? Long.MAX_VALUE
                    : loaded.get(loaded.size() - 1).time();
            for (Due entry : loaded) {
                // One that was added for the same time can lie before this one.
                if (entry.time() > now || budget.isSpent() || earliestAdded <= entry.time()) {
                    following = entry.time();
                    break;
                }
                handle(entry);
                work.accept(entry);
                budget.spend();
            }
            nextDue = Math.min(following, earliestAdded);
        }
        return now >= nextDue;
    }

    private void handle(Due entry) {
        Bytes key = StoreKeys.due(entry.time(), entry.key());
        // Not delete, which reads the value that it deletes.
        store.put(key, null);
        position = key;
        handled++;
        if (handled >= POSITION_EVERY) {
            writePosition();
        }
    }

    private void writePosition() {
        handled = 0;
        writtenPosition = position;
        store.put(POSITION, new BinaryWriter(128).format().raw(position.get()).bytes());
    }

    /** The next entries, up to the first that is not due yet. */
    private List<Due> load(long now) {
        List<Due> loaded = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(position, StoreKeys.dueEnd())) {
            while (entries.hasNext() && loaded.size() < LOADED_AT_ONCE) {
                BinaryReader in = StoreKeys.reader(entries.next().key);
                Due entry = new Due(in.i64(), StoreKeys.sessionOf(in));
                loaded.add(entry);
                if (entry.time() > now) {
                    break;
                }
            }
        }
        if (!loaded.isEmpty()) {
            // What lies before the first one are tombstones.
            position = StoreKeys.due(loaded.get(0).time(), loaded.get(0).key());
        }
        return loaded;
    }
}
