package io.callweave.console.feed;

import io.callweave.topics.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far consumer groups are behind, asked from the brokers every five seconds on a thread of its own. */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long EVERY_MS = 5_000;

    /** For all questions together. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Admin admin;
    private final List<String> groups;
    private final String notifications;
    private final OldestUnread oldestUnread;
    private volatile Lags lags = new Lags(Map.of(), Map.of(), OptionalLong.empty());

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "console-engine");
        made.setDaemon(true);
        return made;
    });

    /**
     * How far groups are behind.
     *
     * @param records that each group has not read yet; groups that the brokers do not tell of are left out
     * @param clocks how old the oldest notification is that the topology has not processed, by partition; 0 if it has
     *     processed all, empty if it could not be read
     * @param behind how old the oldest record is that it has not processed, with what its parts send each other; empty if
     *     nothing could be read
     */
    public record Lags(Map<String, Long> records, Map<Integer, OptionalLong> clocks, OptionalLong behind) {}

    private Engine(FeedConfig config, List<String> groups) {
        admin = Admin.create(config.client());
        this.groups = List.copyOf(groups);
        notifications = Topic.NOTIFICATIONS.name(config.prefix());
        oldestUnread = new OldestUnread(() -> Consumers.ofSingle(config.client()), System::currentTimeMillis);
    }

    /**
     * Begins to ask.
     *
     * @param groups those that are shown, first that of the topology
     */
    public static Engine start(FeedConfig config, List<String> groups) {
        Engine engine = new Engine(config, groups);
        var unused = engine.thread.scheduleWithFixedDelay(engine::ask, 0, EVERY_MS, TimeUnit.MILLISECONDS);
        return engine;
    }

    /** As they were some seconds ago. */
    public Lags lags() {
        return lags;
    }

    private void ask() {
        try {
            lags = ask(System.nanoTime() + PATIENCE_NANOS);
        } catch (RuntimeException e) {
            if (!thread.isShutdown()) {
                LOG.error("It is not known how far the topology is behind.", e);
            }
        }
    }

    private Lags ask(long deadline) {
        Map<String, Long> records = new TreeMap<>();
        Map<TopicPartition, OptionalLong> ages = new HashMap<>();
        for (String group : groups) {
            ask(group, records, ages, deadline);
        }
        Map<Integer, OptionalLong> clocks = new TreeMap<>();
        ages.forEach((partition, age) -> {
            if (partition.topic().equals(notifications)) {
                clocks.put(partition.partition(), age);
            }
        });
        return new Lags(
                records,
                clocks,
                ages.values().stream().flatMapToLong(OptionalLong::stream).max());
    }

    private void ask(String group, Map<String, Long> found, Map<TopicPartition, OptionalLong> ages, long deadline) {
        try {
            Map<TopicPartition, Long> committed = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .forEach((partition, at) -> committed.put(partition, at == null ? 0 : at.offset()));
            if (committed.isEmpty()) {
                return;
            }
            Map<TopicPartition, OffsetSpec> asking = new HashMap<>();
            committed.keySet().forEach(each -> asking.put(each, OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(asking)
                    .all()
                    .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            found.put(group, lag(committed, ends));
            if (group.equals(groups.get(0))) {
                ages.putAll(oldestUnread.ages(of(committed, notifications), ends));
                ages.putAll(oldestUnread.ages(of(committed, group + "-"), ends));
            }
        } catch (ExecutionException | TimeoutException | KafkaException notTold) {
            // It may lack the permission; the page leaves out what it does not know.
            return;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Those of topics with names that begin so: the application id begins the names of internal topics. */
    private static Map<TopicPartition, Long> of(Map<TopicPartition, Long> committed, String beginning) {
        Map<TopicPartition, Long> some = new HashMap<>(committed);
        some.keySet().removeIf(each -> !each.topic().startsWith(beginning));
        return some;
    }

    private static long lag(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        return committed.entrySet().stream()
                .mapToLong(each -> Math.max(0, ends.getOrDefault(each.getKey(), 0L) - each.getValue()))
                .sum();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }
}
