package io.callweave.console.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * How old the oldest record is that a group has not processed. The time in the metadata of the offsets that Kafka Streams
 * commits does not say it: the topology stamps what it reads with the wall clock.
 */
final class OldestUnread {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final LongSupplier wallClock;

    /** @param wallClock in milliseconds since the epoch, as the brokers have it */
    OldestUnread(Supplier<Consumer<byte[], byte[]>> consumers, LongSupplier wallClock) {
        this.consumers = consumers;
        this.wallClock = wallClock;
    }

    /**
     * Reads the first record of each partition that has one.
     *
     * @param committed where the group goes on
     * @param ends of the same partitions
     * @return by partition; 0 if nothing is left, empty if it could not be read
     */
    Map<TopicPartition, OptionalLong> ages(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OptionalLong> ages = new HashMap<>();
        Map<TopicPartition, Long> unread = new HashMap<>();
        committed.forEach((partition, offset) -> {
            boolean isRead = offset >= ends.getOrDefault(partition, 0L);
            ages.put(partition, isRead ? OptionalLong.of(0) : OptionalLong.empty());
            if (!isRead) {
                unread.put(partition, offset);
            }
        });
        if (!unread.isEmpty()) {
            read(unread, ends, ages);
        }
        return ages;
    }

    private void read(
            Map<TopicPartition, Long> unread, Map<TopicPartition, Long> ends, Map<TopicPartition, OptionalLong> ages) {
        long started = System.nanoTime();
        Consumer<byte[], byte[]> consumer = consumers.get();
        try {
            consumer.assign(unread.keySet());
            unread.forEach(consumer::seek);
            while (!unread.isEmpty() && System.nanoTime() - started < PATIENCE_NANOS) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (TopicPartition partition : List.copyOf(unread.keySet())) {
                    List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
                    if (!read.isEmpty()) {
                        long age = wallClock.getAsLong() - read.get(0).timestamp();
                        ages.put(partition, OptionalLong.of(Math.max(0, age)));
                    } else if (consumer.position(partition) >= ends.getOrDefault(partition, 0L)) {
                        // Only markers of transactions were left.
                        ages.put(partition, OptionalLong.of(0));
                    } else {
                        continue;
                    }
                    unread.remove(partition);
                    consumer.pause(List.of(partition));
                }
            }
        } finally {
            // Brokers that do not answer are not waited for.
            consumer.close(CloseOptions.timeout(POLL));
        }
    }
}
