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

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Integer, Long> times = new HashMap<>();
    private int sourcePartitions = Integer.MAX_VALUE;
    private long now = Long.MIN_VALUE;
    private long kept = Long.MIN_VALUE;

    /** Takes up the clock where it was left. */
    Watermark(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.CLOCK))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                BinaryReader in = new BinaryReader(entry.value);
                in.version(VERSION, "A clock entry");
                times.put((int) StoreKeys.reader(entry.key).i64(), in.i64());
                sourcePartitions = (int) in.varint();
            }
        }
        advance();
    }

    /** {@link Long#MIN_VALUE} until all source partitions were heard of. */
    long now() {
        return now;
    }

    /** An event that was received at this time is also a sign that everything before it has come. */
    void observe(int sourcePartition, long time) {
        Long known = times.get(sourcePartition);
        if (known != null && known < time) {
            times.put(sourcePartition, time);
            if (known <= now) {
                advance();
            }
        }
    }

    void mark(HopMessage.Mark mark) {
        sourcePartitions = mark.sourcePartitions();
        put(mark.sourcePartition(), times.merge(mark.sourcePartition(), mark.time(), Math::max));
        advance();
    }

    /** Writes the clock down as it stands, because something was done by it: it must never be earlier again. */
    void keep() {
        if (kept < now) {
            times.forEach(this::put);
            kept = now;
        }
    }

    private void put(int sourcePartition, long time) {
        store.put(
                StoreKeys.clock(sourcePartition),
                new BinaryWriter(16)
                        .u8(VERSION)
                        .i64(time)
                        .varint(sourcePartitions)
                        .bytes());
    }

    private void advance() {
        if (times.size() >= sourcePartitions) {
            now = Math.max(
                    now,
                    times.values().stream().mapToLong(Long::longValue).min().orElse(now));
        }
    }
}
