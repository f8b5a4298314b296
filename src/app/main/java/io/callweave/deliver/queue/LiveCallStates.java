package io.callweave.deliver.queue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which events of live calls were posted, so that each is posted once. The records of {@code live-calls} and {@code calls} come in
 * any order: an entry stays until both the first record and the tombstone were seen, or for a day. It names the record that made
 * it, which is new again when it is read again: after a crash this can have more than the queue. It shares the store of the {@link
 * DeliveryQueue}.
 */
final class LiveCallStates {

    private static final byte STARTED = 1;
    private static final byte ANSWERED = 2;
    private static final byte RECORD_SEEN = 3;
    private static final byte TOMBSTONE_SEEN = 4;
    private static final long NONE = -1;
    private static final int WITH_OFFSET = 1 + 2 * Long.BYTES;
    private static final long LONGEST_MS = 24 * 3_600_000L;
    private static final long WALK_EVERY_MS = 3_600_000;

    /** They take 1 ms, or some more if all are deleted. */
    private static final int PORTION = 200;

    private final KeyValueStore<Bytes, byte[]> states;

    /** Where the walk goes on; null between two. */
    private @Nullable Bytes next;

    private long nextWalk;

    LiveCallStates(KeyValueStore<Bytes, byte[]> states) {
        this.states = states;
    }

    /**
     * Whether a live record shows a change that was not posted yet.
     *
     * @param offset of the record
     */
    boolean isNew(String slot, boolean answered, long now, long offset) {
        byte[] found = states.get(QueueKeys.ofLive(slot));
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
        if (state(states.get(QueueKeys.ofLive(slot))) == other) {
            states.delete(QueueKeys.ofLive(slot));
        } else {
            put(slot, seen, now, NONE);
        }
    }

    /**
     * Looks at some of all entries, and forgets those that are old. To be called often: others wait for the thread meanwhile. A
     * walk over all entries begins each hour; calls that were never live have no tombstone, so there can be very many.
     */
    void clean(long now) {
        Bytes from = next;
        if (from == null) {
            if (now < nextWalk) {
                return;
            }
            nextWalk = now + WALK_EVERY_MS;
            from = QueueKeys.FIRST_LIVE;
        }
        List<Bytes> old = new ArrayList<>();
        next = null;
        try (KeyValueIterator<Bytes, byte[]> all = states.range(from, QueueKeys.AFTER_LIVE)) {
            for (int seen = 0; all.hasNext() && next == null; seen++) {
                KeyValue<Bytes, byte[]> entry = all.next();
                if (seen == PORTION) {
                    next = entry.key;
                } else if (now - ByteBuffer.wrap(entry.value).getLong(1) > LONGEST_MS) {
                    old.add(entry.key);
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
                QueueKeys.ofLive(slot),
                ByteBuffer.allocate(WITH_OFFSET)
                        .put(state)
                        .putLong(now)
                        .putLong(offset)
                        .array());
    }
}
