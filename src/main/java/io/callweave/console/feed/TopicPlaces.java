package io.callweave.console.feed;

import io.callweave.topics.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            Topic.NOTIFICATIONS,
            Topic.DEAD_LETTERS);

    /** Assigns them and goes to where each is read from: topics that do not exist have none. */
    static TopicPlaces assign(Consumer<byte[], byte[]> consumer, FeedConfig config, NewestLetters deadLetters) {
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : TOPICS) {
            String name = topic.name(config.prefix());
            List<PartitionInfo> found = consumer.partitionsFor(name);
            if (found != null) {
                found.forEach(each -> all.add(new TopicPartition(name, each.partition())));
            }
        }
        consumer.assign(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        TopicPlaces places = new TopicPlaces(ends);
        consumer.seekToBeginning(all);
        places.skipOldNotifications(consumer, config);
        places.skipOldLetters(consumer, config, deadLetters);
        return places;
    }

    private void skipOldNotifications(Consumer<byte[], byte[]> consumer, FeedConfig config) {
        long since = System.currentTimeMillis() - config.retention().toMillis();
        Map<TopicPartition, Long> times = new HashMap<>();
        of(Topic.NOTIFICATIONS.name(config.prefix())).forEach(each -> times.put(each, since));
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
