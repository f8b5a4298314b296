package io.callweave.console.feed;

import io.callweave.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that are read.
 *
 * @param toRead each with its end when reading began
 */
record TopicPlaces(Map<TopicPartition, Long> toRead) {

    private static final List<Topic> TOPICS = List.of(
            Topic.DIRECTORY,
            Topic.CALLS,
            Topic.LIVE_CALLS,
            Topic.WINDOW_METRICS,
            Topic.AUDITS,
            Topic.NOTIFICATIONS,
            Topic.DEAD_LETTERS);

    /** They are read again after a fault: what ended meanwhile may have left no trace. */
    private static final Set<Topic> IN_MEMORY = Set.of(Topic.LIVE_CALLS, Topic.DEAD_LETTERS);

    /**
     * A window is written before its end. The longest is a day, which can have 25 hours; one day more is for clocks that
     * differ.
     */
    private static final Duration BEFORE_END = Duration.ofDays(2);

    /**
     * Assigns them and goes to where each is read from: topics that do not exist have none.
     *
     * @param reached where reading goes on after a fault; empty at the start
     */
    static TopicPlaces assign(
            Consumer<byte[], byte[]> consumer,
            FeedConfig config,
            NewestLetters deadLetters,
            Map<TopicPartition, Long> reached) {
        List<TopicPartition> all = partitions(consumer, config);
        consumer.assign(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        TopicPlaces places = new TopicPlaces(ends);
        consumer.seekToBeginning(all);
        long now = System.currentTimeMillis();
        long kept = now - config.retention().toMillis();
        places.skipOld(consumer, Topic.NOTIFICATIONS.name(config.prefix()), kept);
        // Retention goes by the same times, so nothing is left out that would be kept.
        places.skipOld(consumer, Topic.CALLS.name(config.prefix()), kept);
        places.skipOld(
                consumer,
                Topic.WINDOW_METRICS.name(config.prefix()),
                Math.min(kept, now - FeedConfig.LAST_WEEK.toMillis()) - BEFORE_END.toMillis());
        places.skipOldLetters(consumer, config, deadLetters);
        places.goOn(consumer, config, reached);
        return places;
    }

    /** All that there are now. */
    static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, FeedConfig config) {
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : TOPICS) {
            String name = topic.name(config.prefix());
            List<PartitionInfo> found = consumer.partitionsFor(name);
            if (found != null) {
                found.forEach(each -> all.add(new TopicPartition(name, each.partition())));
            }
        }
        return all;
    }

    /** Offsets beyond the end are of a topic that was made again. */
    private void goOn(Consumer<byte[], byte[]> consumer, FeedConfig config, Map<TopicPartition, Long> reached) {
        Set<String> again =
                IN_MEMORY.stream().map(topic -> topic.name(config.prefix())).collect(Collectors.toSet());
        reached.forEach((partition, offset) -> {
            if (!again.contains(partition.topic()) && offset <= toRead.getOrDefault(partition, -1L)) {
                consumer.seek(partition, offset);
            }
        });
    }

    /** Begins with the first record that is not older, of a topic in the order of time. */
    private void skipOld(Consumer<byte[], byte[]> consumer, String topic, long since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        of(topic).forEach(each -> times.put(each, Math.max(0, since)));
        Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
        times.keySet().forEach(each -> {
            OffsetAndTimestamp found = offsets.get(each);
            consumer.seek(each, found == null ? toRead.getOrDefault(each, 0L) : found.offset());
        });
    }

    private void skipOldLetters(Consumer<byte[], byte[]> consumer, FeedConfig config, NewestLetters deadLetters) {
        List<TopicPartition> partitions = of(Topic.DEAD_LETTERS.name(config.prefix()));
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        partitions.forEach(each -> {
            long first = beginnings.getOrDefault(each, 0L);
            long from = Math.max(first, toRead.getOrDefault(each, 0L) - NewestLetters.KEPT);
            deadLetters.addUnread(from - first);
            consumer.seek(each, from);
        });
    }

    List<TopicPartition> of(String topic) {
        return toRead.keySet().stream()
                .filter(each -> each.topic().equals(topic))
                .toList();
    }
}
