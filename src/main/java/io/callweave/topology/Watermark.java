package io.callweave.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Stage 2's clock: the time up to which everything that was received has arrived here, the minimum over all partitions of
 * {@code notifications}. It only ever runs forward, also over restarts.
 */
final class Watermark {

    private static final int VERSION = 1;
    private static final Bytes EPOCH = StoreKeys.number(-1);

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Integer, Long> times = new HashMap<>();
    private int sourcePartitions = Integer.MAX_VALUE;
    private long now = Long.MIN_VALUE;
    private long epoch;

    /**
     * Takes up the clock where it was left.
     *
     * @param wallTime gives a state that is new its epoch
     */
    Watermark(KeyValueStore<Bytes, byte[]> store, long wallTime) {
        this.store = store;
        byte[] known = store.get(EPOCH);
        epoch = wallTime;
        if (known == null) {
            store.put(EPOCH, value(wallTime, 0));
        }
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                BinaryReader in = new BinaryReader(entry.value);
                in.version(VERSION, "clock entry");
                long time = in.i64();
                if (entry.key.equals(EPOCH)) {
                    epoch = time;
                } else {
                    sourcePartitions = (int) in.varint();
                    times.put((int) new BinaryReader(entry.key.get()).i64(), time);
                }
            }
        }
        advance();
    }

    /** {@link Long#MIN_VALUE} until all source partitions were heard of. */
    long now() {
        return now;
    }

    /** Identity of the lifetime of this state; a later one is greater. */
    long epoch() {
        return epoch;
    }

    /** An event that was received at this time is also a sign that everything before it has come. */
    void observe(int sourcePartition, long time) {
        if (times.containsKey(sourcePartition) || sourcePartitions == 1) {
            times.merge(sourcePartition, time, Math::max);
            advance();
        }
    }

    void mark(HopMessage.Mark mark) {
        sourcePartitions = mark.sourcePartitions();
        long time = times.merge(mark.sourcePartition(), mark.time(), Math::max);
        store.put(StoreKeys.number(mark.sourcePartition()), value(time, sourcePartitions));
        advance();
    }

    private void advance() {
        if (times.size() >= sourcePartitions) {
            now = Math.max(
                    now,
                    times.values().stream().mapToLong(Long::longValue).min().orElse(now));
        }
    }

    private static byte[] value(long time, int sourcePartitions) {
        return new BinaryWriter(16)
                .u8(VERSION)
                .i64(time)
                .varint(sourcePartitions)
                .bytes();
    }
}
