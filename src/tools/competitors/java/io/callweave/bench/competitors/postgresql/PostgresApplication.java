package io.callweave.bench.competitors.postgresql;

import io.callweave.bench.throughput.Application;
import io.callweave.bench.throughput.BenchTopics;
import io.callweave.bench.throughput.Site;
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
public final class PostgresApplication implements Application {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int RECORDS_PER_POLL = 2_000;
    private static final long SETTLE_MILLIS = 500;

    private final Site site;
    private final String jdbcUrl;
    private final boolean withEventsAndWindows;
    private final Admin admin;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    public PostgresApplication(Site site, String jdbcUrl, boolean withEventsAndWindows) {
        this.site = site;
        this.jdbcUrl = jdbcUrl;
        this.withEventsAndWindows = withEventsAndWindows;
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers()));
    }

    @Override
    public void start(long notifications, long end, boolean quiet) throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
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
                PartyWriter writer = new PartyWriter(DriverManager.getConnection(jdbcUrl), withEventsAndWindows)) {
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
        return BenchTopics.isCommitted(admin, site.group(), ends);
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
