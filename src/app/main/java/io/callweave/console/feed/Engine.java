package io.callweave.console.feed;

import io.callweave.topics.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** How far consumer groups are behind, asked from the brokers at most every two seconds. Thread-safe. */
public final class Engine implements AutoCloseable {

    /** For all questions together. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Of one partition: the first record is wanted, and with it comes its batch. */
    private static final int FETCHED_BYTES = 64 << 10;

    private final Admin admin;
    private final List<String> groups;
    private final String notifications;
    private final OldestUnread oldestUnread;
    private Lags lags = new Lags(Map.of(), Map.of());
    private long askedAt = System.nanoTime() - FRESH_NANOS;
    private boolean asking;

    /**
     * How far groups are behind.
     *
     * @param records that each group has not read yet; groups that the brokers do not tell of are left out
     * @param clocks how old the oldest notification is that the first group has not processed, by partition; 0 if it has
     *     processed all, empty if it could not be read
     */
    public record Lags(Map<String, Long> records, Map<Integer, OptionalLong> clocks) {}

    /** @param groups those that are shown, first that of the topology */
    public Engine(FeedConfig config, List<String> groups) {
        admin = Admin.create(config.client());
        this.groups = List.copyOf(groups);
        notifications = Topic.NOTIFICATIONS.name(config.prefix());
        Map<String, Object> client = new HashMap<>(config.client());
        client.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(FETCHED_BYTES));
        oldestUnread = new OldestUnread(() -> Consumers.of(client), System::currentTimeMillis);
    }

    /**
     * As they are now, or were some seconds ago: while one asks, which can take as long as the brokers let it wait, others get
     * the last answer.
     */
    public Lags lags() {
        synchronized (this) {
            if (asking || System.nanoTime() - askedAt < FRESH_NANOS) {
                return lags;
            }
            asking = true;
        }
        Lags found = lags;
        try {
            found = ask(System.nanoTime() + PATIENCE_NANOS);
        } finally {
            synchronized (this) {
                lags = found;
                askedAt = System.nanoTime();
                asking = false;
            }
        }
        return found;
    }

    private Lags ask(long deadline) {
        Map<String, Long> records = new TreeMap<>();
        Map<Integer, OptionalLong> clocks = Map.of();
        for (String group : groups) {
            Map<Integer, OptionalLong> ages = ask(group, records, deadline);
            clocks = group.equals(groups.get(0)) ? ages : clocks;
        }
        return new Lags(records, clocks);
    }

    private Map<Integer, OptionalLong> ask(String group, Map<String, Long> found, long deadline) {
        try {
            Map<TopicPartition, Long> committed = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .forEach((partition, at) -> committed.put(partition, at == null ? 0 : at.offset()));
            if (committed.isEmpty()) {
                return Map.of();
            }
            Map<TopicPartition, OffsetSpec> asking = new HashMap<>();
            committed.keySet().forEach(each -> asking.put(each, OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(asking)
                    .all()
                    .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            found.put(group, lag(committed, ends));
            committed.keySet().removeIf(each -> !each.topic().equals(notifications));
            return group.equals(groups.get(0)) ? oldestUnread.ages(committed, ends) : Map.of();
        } catch (ExecutionException | TimeoutException | KafkaException notTold) {
            // It may lack the permission; the page leaves the group out.
            return Map.of();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static long lag(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        return committed.entrySet().stream()
                .mapToLong(each -> Math.max(0, ends.getOrDefault(each.getKey(), 0L) - each.getValue()))
                .sum();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
