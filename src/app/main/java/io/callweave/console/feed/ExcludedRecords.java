package io.callweave.console.feed;

import io.callweave.record.ExcludedCalls;
import io.callweave.topics.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts a tombstone in the place of each call and live call that must not be shown: so what was shown of it before, when it did
 * not name what is excluded, is gone, too.
 */
final class ExcludedRecords {

    private final ExcludedCalls excluded;
    private final Set<String> topics;
    private final AtomicLong count = new AtomicLong();

    /** @param prefix of the topics */
    ExcludedRecords(ExcludedCalls excluded, String prefix) {
        this.excluded = excluded;
        topics = Set.of(Topic.CALLS.name(prefix), Topic.LIVE_CALLS.name(prefix));
    }

    /** What may be shown. */
    ConsumerRecords<byte[], byte[]> without(ConsumerRecords<byte[], byte[]> read) {
        if (excluded.isEmpty() || read.isEmpty()) {
            return read;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> shown = new HashMap<>();
        for (TopicPartition partition : read.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = read.records(partition);
            shown.put(
                    partition,
                    topics.contains(partition.topic())
                            ? records.stream().map(this::without).toList()
                            : records);
        }
        return new ConsumerRecords<>(shown, read.nextOffsets());
    }

    private ConsumerRecord<byte[], byte[]> without(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || !excluded.excludes(record.value())) {
            return record;
        }
        count.incrementAndGet();
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                ConsumerRecord.NULL_SIZE,
                record.key(),
                null,
                record.headers(),
                record.leaderEpoch());
    }

    /** How many records were replaced. */
    long count() {
        return count.get();
    }
}
