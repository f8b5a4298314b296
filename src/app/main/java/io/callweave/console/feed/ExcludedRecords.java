package io.callweave.console.feed;

import io.callweave.record.ExcludedCalls;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts a tombstone in the place of each call, live call and window that must not be shown: so what was shown of it before, when
 * it did not name what is excluded, is gone, too. Dead letters are dropped. Used by one thread, but for {@link #count}.
 */
final class ExcludedRecords {

    private final ExcludedCalls excluded;
    private final String calls;
    private final String liveCalls;
    private final String windows;
    private final String deadLetters;

    /** Keys of live calls: a party that left is no longer in the value, but was in the call. */
    private final Set<String> live = new HashSet<>();

    private final AtomicLong count = new AtomicLong();

    /** @param prefix of the topics */
    ExcludedRecords(ExcludedCalls excluded, String prefix) {
        this.excluded = excluded;
        calls = Topic.CALLS.name(prefix);
        liveCalls = Topic.LIVE_CALLS.name(prefix);
        windows = Topic.WINDOW_METRICS.name(prefix);
        deadLetters = Topic.DEAD_LETTERS.name(prefix);
    }

    /** What may be shown. */
    ConsumerRecords<byte[], byte[]> without(ConsumerRecords<byte[], byte[]> read) {
        if (excluded.isEmpty() || read.isEmpty()) {
            return read;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> shown = new HashMap<>();
        for (TopicPartition partition : read.partitions()) {
            shown.put(partition, without(partition.topic(), read.records(partition)));
        }
        return new ConsumerRecords<>(shown, read.nextOffsets());
    }

    private List<ConsumerRecord<byte[], byte[]>> without(String topic, List<ConsumerRecord<byte[], byte[]>> records) {
        if (topic.equals(calls) || topic.equals(liveCalls) || topic.equals(windows)) {
            return records.stream().map(this::without).toList();
        }
        return topic.equals(deadLetters)
                ? records.stream().filter(record -> !isExcludedLetter(record)).toList()
                : records;
    }

    private boolean isExcludedLetter(ConsumerRecord<byte[], byte[]> record) {
        boolean isNamed = record.value() != null
                && excluded.excludes(Headers.text(record.headers(), Headers.ACCOUNT), record.value());
        if (isNamed) {
            count.incrementAndGet();
        }
        return isNamed;
    }

    private ConsumerRecord<byte[], byte[]> without(ConsumerRecord<byte[], byte[]> record) {
        if (!isExcluded(record)) {
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

    private boolean isExcluded(ConsumerRecord<byte[], byte[]> record) {
        boolean isLive = record.topic().equals(liveCalls) && record.key() != null;
        String key = isLive ? new String(record.key(), StandardCharsets.UTF_8) : "";
        if (record.value() == null) {
            live.remove(key);
            return false;
        }
        boolean isNamed = excluded.excludes(record.value());
        if (isLive && isNamed) {
            live.add(key);
        }
        return isNamed || live.contains(key);
    }

    /** How many records were replaced or dropped. */
    long count() {
        return count.get();
    }
}
