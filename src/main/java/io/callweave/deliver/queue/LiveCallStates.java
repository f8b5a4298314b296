package io.callweave.deliver.queue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which events of live calls were posted, so that each is posted once. The records of {@code live-calls} and {@code calls} come in
 * any order: an entry stays until both the first record and the tombstone were seen, or for a day. It names the record that made
 * it, which is new again when it is read again: after a crash this store can have more than the queue.
 */
final class LiveCallStates {

    private static final byte STARTED = 1;
    private static final byte ANSWERED = 2;
    private static final byte RECORD_SEEN = 3;
    private static final byte TOMBSTONE_SEEN = 4;
    private static final long NONE = -1;
    private static final int WITH_OFFSET = 1 + 2 * Long.BYTES;
    private static final long LONGEST_MS = 24 * 3_600_000L;

    private final KeyValueStore<String, byte[]> states;

    LiveCallStates(KeyValueStore<String, byte[]> states) {
        this.states = states;
    }

    /**
     * Whether a live record shows a change that was not posted yet.
     *
     * @param offset of the record
     */
    boolean isNew(String slot, boolean answered, long now, long offset) {
        byte[] found = states.get(slot);
        byte before = state(found);
        byte after = answered ? ANSWERED : STARTED;
        if (before > after || (before == after && offset(found) != offset)) {
            return false;
        }
        put(slot, after, now, offset);
        return true;
    }

    /** The first record of a call came: from now on no live event of it is posted. */
    void recorded(String slot, long now) {
        over(slot, RECORD_SEEN, TOMBSTONE_SEEN, now);
    }

    /** The call is no longer live. */
    void ended(String slot, long now) {
        over(slot, TOMBSTONE_SEEN, RECORD_SEEN, now);
    }

    private void over(String slot, byte seen, byte other, long now) {
        if (state(states.get(slot)) == other) {
            states.delete(slot);
        } else {
            put(slot, seen, now, NONE);
        }
    }

    /** Forgets what is old. */
    void clean(long now) {
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = states.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                if (now - ByteBuffer.wrap(next.value).getLong(1) > LONGEST_MS) {
                    old.add(next.key);
                }
            }
        }
        old.forEach(states::delete);
    }

    private static byte state(byte @Nullable [] found) {
        return found == null ? 0 : found[0];
    }

    private static long offset(byte @Nullable [] found) {
        return found == null || found.length < WITH_OFFSET
                ? NONE
                : ByteBuffer.wrap(found).getLong(1 + Long.BYTES);
    }

    private void put(String slot, byte state, long now, long offset) {
        states.put(
                slot,
                ByteBuffer.allocate(WITH_OFFSET)
                        .put(state)
                        .putLong(now)
                        .putLong(offset)
                        .array());
    }
}
