package io.callweave.console.feed;

import io.callweave.console.store.NotificationPlace;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads single notifications from their topic, by their places. */
public final class RawNotifications {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Reading on is quicker than asking for the next place. */
    private static final long SKIP = 500;

    private final FeedConfig config;

    /**
     * A notification.
     *
     * @param receivedAt in milliseconds since the epoch
     * @param value as received
     */
    public record Raw(int partition, long offset, long receivedAt, String telephonySessionId, byte[] value) {

        /** As text. */
        public String text() {
            return new String(value, StandardCharsets.UTF_8);
        }
    }

    public RawNotifications(FeedConfig config) {
        this.config = config;
    }

    /**
     * Reads them.
     *
     * @param accountId those of other accounts are left out
     * @return in the order of their receipt; those that the topic no longer has are left out
     */
    public List<Raw> read(String accountId, List<NotificationPlace> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        List<Raw> found = new ArrayList<>();
        Map<Integer, List<NotificationPlace>> byPartition = places.stream()
                .collect(Collectors.groupingBy(NotificationPlace::partition, TreeMap::new, Collectors.toList()));
        String topic = Topic.NOTIFICATIONS.name(config.prefix());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Consumer<byte[], byte[]> consumer = Consumers.of(config.client())) {
            byPartition.forEach((partition, wanted) ->
                    read(consumer, new TopicPartition(topic, partition), accountId, wanted, deadline, found));
        }
        found.sort(Comparator.comparingLong(Raw::receivedAt)
                .thenComparingInt(Raw::partition)
                .thenComparingLong(Raw::offset));
        return found;
    }

    private void read(
            Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            String accountId,
            List<NotificationPlace> places,
            long deadline,
            List<Raw> found) {
        List<Long> offsets =
                places.stream().map(NotificationPlace::offset).sorted().toList();
        Set<Long> wanted = new HashSet<>(offsets);
        long last = offsets.get(offsets.size() - 1);
        consumer.assign(List.of(partition));
        long next = offsets.get(0);
        consumer.seek(partition, next);
        while (next <= last && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
                if (wanted.contains(read.offset())) {
                    add(read, accountId, found);
                }
            }
            long reached = consumer.position(partition);
            next = offsets.stream().filter(each -> each >= reached).findFirst().orElse(last + 1);
            if (next > reached + SKIP && next <= last) {
                consumer.seek(partition, next);
            }
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> read, String accountId, List<Raw> found) {
        String account = Headers.text(read.headers(), Headers.ACCOUNT);
        if (read.value() == null || (account != null && !account.equals(accountId))) {
            return;
        }
        try {
            found.add(new Raw(
                    read.partition(),
                    read.offset(),
                    RecordReader.receivedAt(read),
                    new String(read.key(), StandardCharsets.UTF_8),
                    config.masking().json(read.value())));
        } catch (IOException noJson) {
            // What cannot be masked is not shown.
        }
    }
}
