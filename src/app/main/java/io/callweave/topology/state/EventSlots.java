package io.callweave.topology.state;

import io.callweave.call.event.SessionKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The events of live sessions, in slots, of which each can hold several of one session. A slot that is no longer needed
 * is not deleted but written over by later events: so neither the store nor its changelog collects tombstones, and both have as
 * many entries as there ever were live ones at one time. One that no event has needed for long is {@linkplain #empty emptied}. The session of each slot is kept in memory, and found out with one scan
 * at the start.
 */
public final class EventSlots {

    private static final int[] NO_SLOTS = {};

    /** It has no events. */
    private static final SessionKey NOBODY = new SessionKey("", "");

    private static final int USUAL_BYTES = 1_024;

    /** Larger memory is not kept for the next event. */
    private static final int MOST_KEPT = 64 << 10;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<SessionKey, int[]> slots = new HashMap<>();

    /** What they held is still there. The ones that were freed last are at the end. */
    private final Deque<Free> free = new ArrayDeque<>();

    private final Deque<Integer> empty = new ArrayDeque<>();
    private long now = Long.MIN_VALUE;
    private int next;
    private BinaryWriter writer = new BinaryWriter(USUAL_BYTES);

    /** Tells which slots hold something of use. */
    public interface Generations {

        /**
         * Whether the events of this generation of a session count.
         *
         * @param generation as in {@code SessionState}
         */
        boolean isCurrent(SessionKey key, long generation);
    }

    private record Free(int slot, long since) {}

    /** Takes up the slots of a restored store. */
    public EventSlots(KeyValueStore<Bytes, byte[]> store, Generations generations) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.SLOT))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                int slot = (int) StoreKeys.reader(entry.key).i64();
                BinaryReader in = reader(entry.value);
                long generation = in.varint();
                SessionKey key = StoreKeys.sessionOf(in);
                if (generations.isCurrent(key, generation)) {
                    append(key, slot);
                } else if (key.equals(NOBODY)) {
                    empty.add(slot);
                } else {
                    free.add(new Free(slot, now));
                }
                next = Math.max(next, slot + 1);
            }
        }
    }

    /** The sessions that have events here. */
    public Set<SessionKey> sessions() {
        return slots.keySet();
    }

    /** The slots of a session's events. */
    public int[] of(SessionKey key) {
        return slots.getOrDefault(key, NO_SLOTS);
    }

    /**
     * Keeps more of a session's events.
     *
     * @param events as {@link #write} begins them
     * @return where it is
     */
    public int add(SessionKey key, byte[] events) {
        // The one that was freed last: what it held may not be written yet, and then never will be.
        Free used = free.pollLast();
        int slot = used != null ? used.slot() : empty.isEmpty() ? next++ : empty.removeLast();
        append(key, slot);
        put(slot, events);
        return slot;
    }

    public void put(int slot, byte[] events) {
        store.put(StoreKeys.slot(slot), events);
    }

    /** A reader that stands behind what {@link #write} begins a slot with. */
    public BinaryReader read(int slot) {
        BinaryReader in = reader(store.get(StoreKeys.slot(slot)));
        in.varint();
        // The session, which the caller knows.
        in.skipString();
        in.skipString();
        return in;
    }

    /** The session's events are kept elsewhere now, or not at all. */
    public void free(SessionKey key) {
        int[] freed = slots.remove(key);
        if (freed != null) {
            for (int slot : freed) {
                free.add(new Free(slot, now));
            }
        }
    }

    /**
     * Writes nothing over what is in slots that nobody has used for long, such as names and phone numbers.
     *
     * @param time now, in milliseconds since the epoch
     * @param age after so many milliseconds; those of a restored store at once
     * @param most how many
     * @return how many
     */
    public int empty(long time, long age, int most) {
        now = time;
        int emptied = 0;
        while (emptied < most && !free.isEmpty() && free.getFirst().since() <= time - age) {
            int slot = free.removeFirst().slot();
            put(slot, write(NOBODY, 0).copy());
            empty.add(slot);
            emptied++;
        }
        return emptied;
    }

    /** Begins the entry of a slot; it has to be copied before the next one is begun. */
    public BinaryWriter write(SessionKey key, long generation) {
        if (writer.capacity() > MOST_KEPT) {
            writer = new BinaryWriter(USUAL_BYTES);
        }
        return writer.clear()
                .format()
                .varint(generation)
                .string(key.accountId())
                .string(key.telephonySessionId());
    }

    private static BinaryReader reader(byte[] value) {
        BinaryReader in = new BinaryReader(value);
        in.format("A stored party event");
        return in;
    }

    private void append(SessionKey key, int slot) {
        slots.merge(key, new int[] {slot}, (known, one) -> {
            int[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = slot;
            return more;
        });
    }
}
