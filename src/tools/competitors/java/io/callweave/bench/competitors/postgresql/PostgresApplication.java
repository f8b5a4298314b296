package io.callweave.bench.competitors.postgresql;

import io.callweave.bench.competitors.Competitor;
import io.callweave.bench.competitors.CompetitorApplication;
import io.callweave.bench.competitors.CompetitorSite;
import io.callweave.bench.throughput.BenchTopics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer for each thread, and a transaction for each poll. Offsets are committed to Kafka after the database has
 * committed; what is read twice after a crash changes nothing.
 */
public final class PostgresApplication implements CompetitorApplication {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int RECORDS_PER_POLL = 2_000;
    private static final long SETTLE_MILLIS = 500;

    private final CompetitorSite site;
    private final Admin admin;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    public PostgresApplication(CompetitorSite site) {
        this.site = site;
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers()));
    }

    @Override
    public void start(long notifications, long end) throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(site.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(PartyTables.CREATE);
            // What the part before has left to write is not this part's.
            statement.execute("CHECKPOINT");
        }
        stopping.set(false);
        for (int number = 0; number < site.threads(); number++) {
            List<TopicPartition> partitions = partitionsOf(number);
            Thread thread = new Thread(() -> work(partitions), "bench-writer-" + number);
            thread.start();
            threads.add(thread);
        }
        Thread.sleep(SETTLE_MILLIS); // the first polls end without an event
    }

    /** Assigned by hand, so that no rebalance is measured. */
    private List<TopicPartition> partitionsOf(int thread) {
        String topic = site.input();
        return IntStream.range(0, site.partitions())
                .filter(partition -> partition % site.threads() == thread)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private void work(List<TopicPartition> partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                PartyWriter writer = new PartyWriter(
                        DriverManager.getConnection(site.jdbcUrl()), site.competitor() == Competitor.POSTGRESQL_ALL)) {
            consumer.assign(partitions);
            while (!stopping.get()) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                if (!polled.isEmpty()) {
                    writer.write(polled);
                    consumer.commitSync();
                }
            }
        } catch (SQLException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        site.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        site.group(),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        RECORDS_PER_POLL),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public boolean isDone(Map<TopicPartition, Long> ends) throws Exception {
        throwFailure();
        Map<TopicPartition, Long> committed = BenchTopics.committed(admin, site.group());
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public boolean isReadable() throws Exception {
        throwFailure();
        return true;
    }

    private void throwFailure() throws Exception {
        Exception thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public void stop() throws InterruptedException {
        stopping.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
    }
}
