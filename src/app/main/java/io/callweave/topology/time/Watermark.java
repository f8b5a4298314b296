package io.callweave.topology.time;

import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.StoreKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The clock of a home partition: the time up to which everything that was received has arrived here, the minimum over the partitions of
 * {@code notifications} that have something for it. It only ever runs forward; over a restart, as far as something was done by it.
 */
public final class Watermark {

    private static final Bytes NOW = StoreKeys.of(StoreKeys.Kind.NOW);

    /**
     * Milliseconds of the clock. After a restart, the next marks tell what was not written. Each partition of the stage has as
     * many clocks as there are partitions, so without notifications this is what it writes.
     */
    private static final long WRITE_EVERY = 60_000;

    /** Milliseconds of wall time after which a clock has stopped: its partition is not read. Marks come once a second. */
    private static final long STOPPED_AFTER = 5_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final OptionalInt decides;
    private final Map<Integer, Long> times = new HashMap<>();
    private int sourcePartitions;
    private final Map<Integer, Long> written = new HashMap<>();
    private Map<Integer, Long> seen = Map.of();
    private long seenAt = Long.MIN_VALUE;
    private long now = Long.MIN_VALUE;
    private long kept = Long.MIN_VALUE;

    /** Takes up the clock where it was left, for notifications that can come from all partitions. */
    public Watermark(KeyValueStore<Bytes, byte[]> store) {
        this(store, OptionalInt.empty());
    }

    /** @param decides the partition of {@code notifications} that alone decides; empty if all do */
    public Watermark(KeyValueStore<Bytes, byte[]> store, OptionalInt decides) {
        this.store = store;
        this.decides = decides;
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.CLOCK))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                BinaryReader in = new BinaryReader(entry.value);
                in.format("A clock entry");
                int source = (int) StoreKeys.reader(entry.key).i64();
                long time = in.i64();
                times.put(source, time);
                written.put(source, time);
                grow((int) in.varint());
            }
        }
        advance();
        byte[] least = store.get(NOW);
        if (least != null) {
            BinaryReader in = new BinaryReader(least);
            in.format("The clock");
            now = Math.max(now, in.i64());
            kept = now;
        }
    }

    /** {@link Long#MIN_VALUE} until all source partitions that decide were heard of. */
    public long now() {
        return now;
    }

    /** An event that was received at this time is also a sign that everything before it has come. */
    public void observe(int sourcePartition, long time) {
        Long known = times.get(sourcePartition);
        if (known != null && known < time) {
            times.put(sourcePartition, time);
            if (known <= now) {
                advance();
            }
        }
    }

    public void mark(RepartitionMessage.Mark mark) {
        grow(mark.sourcePartitions());
        mark.clocks().forEach((source, told) -> {
            long time = times.merge(source, told, Math::max);
            Long before = written.get(source);
            if (before == null || time - before >= WRITE_EVERY) {
                put(source, time);
            }
        });
        advance();
    }

    /** The clock of one partition of {@code notifications}; {@link Long#MIN_VALUE} if nothing was heard of it. */
    public long of(int sourcePartition) {
        return times.getOrDefault(sourcePartition, Long.MIN_VALUE);
    }

    /**
     * Writes the clocks that have stopped, because no mark tells them again soon; to be called every second or so.
     *
     * @param wallTime in milliseconds
     */
    public void keepStopped(long wallTime) {
        if (seenAt != Long.MIN_VALUE && Math.abs(wallTime - seenAt) < STOPPED_AFTER) {
            return;
        }
        seen.forEach((source, time) -> {
            if (time.equals(times.get(source)) && !time.equals(written.get(source))) {
                put(source, time);
            }
        });
        seen = Map.copyOf(times);
        seenAt = wallTime;
    }

    /** Writes the clock down as it stands, because something was done by it: it must never be earlier again. */
    public void keep() {
        if (kept < now) {
            store.put(NOW, new BinaryWriter(9).format().i64(now).bytes());
            kept = now;
        }
    }

    private void put(int sourcePartition, long time) {
        written.put(sourcePartition, time);
        store.put(
                StoreKeys.clock(sourcePartition),
                new BinaryWriter(16).format().i64(time).varint(sourcePartitions).bytes());
    }

    /** Partitions can be added, and routers hear of it one after the other. */
    private void grow(int partitions) {
        sourcePartitions = Math.max(sourcePartitions, partitions);
    }

    private void advance() {
        if (decides.isPresent()) {
            now = Math.max(now, of(decides.getAsInt()));
        } else if (sourcePartitions > 0 && times.size() >= sourcePartitions) {
            now = Math.max(
                    now,
                    times.values().stream().mapToLong(Long::longValue).min().orElse(now));
        }
    }
}
