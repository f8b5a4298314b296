package io.callweave.deliver.queue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which events of live calls were posted, so that each is posted once. The records of {@code live-calls} and {@code calls} come in
 * any order: an entry stays until both the first record and the tombstone were seen, or for a day.
 */
final class LiveCallStates {

    private static final byte STARTED = 1;
    private static final byte ANSWERED = 2;
    private static final byte RECORD_SEEN = 3;
    private static final byte TOMBSTONE_SEEN = 4;
    private static final long LONGEST_MS = 24 * 3_600_000L;

    private final KeyValueStore<String, byte[]> states;

    LiveCallStates(KeyValueStore<String, byte[]> states) {
        this.states = states;
    }

    /** Whether a live record shows a change that was not posted yet. */
    boolean isNew(String slot, boolean answered, long now) {
        byte before = state(slot);
        byte after = answered ? ANSWERED : STARTED;
        if (before >= after) {
            return false;
        }
        put(slot, after, now);
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
        if (state(slot) == other) {
            states.delete(slot);
        } else {
            put(slot, seen, now);
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

    private byte state(String slot) {
        byte[] found = states.get(slot);
        return found == null ? 0 : found[0];
    }

    private void put(String slot, byte state, long now) {
        states.put(
                slot,
                ByteBuffer.allocate(1 + Long.BYTES).put(state).putLong(now).array());
    }
}
