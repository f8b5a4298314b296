package io.callweave.topology.time;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The offset of the last record that a consumer gave out of each partition, and when. */
final class DeliveredOffsets {

    private final Map<TopicPartition, Last> lasts = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private long records;

    private record Last(long offset, long at) {}

    /** @param nanoTime as {@link System#nanoTime} */
    DeliveredOffsets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    ConsumerRecords<byte[], byte[]> note(ConsumerRecords<byte[], byte[]> polled) {
        long now = nanoTime.getAsLong();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            lasts.put(partition, new Last(records.get(records.size() - 1).offset(), now));
        }
        records += polled.count();
        return polled;
    }

    /** How many there were, of all partitions; for the thread that uses the consumer. */
    long records() {
        return records;
    }

    @Nullable
    Long lastOf(TopicPartition partition) {
        Last last = lasts.get(partition);
        return last == null ? null : last.offset();
    }

    /** Whether something came of the partition, but nothing for this long. */
    boolean standsStill(TopicPartition partition, Duration since) {
        Last last = lasts.get(partition);
        return last != null && nanoTime.getAsLong() - last.at() > since.toNanos();
    }

    void forget(TopicPartition partition) {
        lasts.remove(partition);
    }
}
