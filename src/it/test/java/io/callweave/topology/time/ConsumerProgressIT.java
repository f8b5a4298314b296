package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.local.BrokerProcess;
import io.callweave.topics.HostedTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock runs on by itself only up to where it is known that nothing is left to read. */
@Tag("full")
class ConsumerProgressIT {

    private static final int NONE = -1;

    @TempDir
    private static Path directory;

    private static BrokerProcess broker;
    private static Admin admin;
    private static int topics;

    private final AtomicLong clock = new AtomicLong(1_000);
    private final ConsumerProgress readAhead = new ConsumerProgress(clock::get, Duration.ZERO);
    private final TopicPartition partition = new TopicPartition("notifications-" + ++topics, 0);
    private final Admin askingAdmin = readAhead.getAdmin(clients());
    private final Consumer<byte[], byte[]> consumer = consumer();

    @BeforeAll
    static void start() throws Exception {
        broker = BrokerProcess.start(directory.resolve("kafka"));
        admin = Admin.create(clients());
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @AfterEach
    void close() {
        consumer.close();
        askingAdmin.close();
    }

    @Test
    void shouldNotRunAheadOfWhatCameWhileTheProcessStood() throws Exception {
        awaitDrainedAt(1_000, NONE);

        // Nobody polls, as in a pause of the process, and the consumer still believes that there is nothing.
        clock.set(20_000);
        produce();

        assertThat(readAhead.drainedAt(partition, NONE)).hasValue(1_000);
        awaitDelivery(0);
        assertThat(readAhead.drainedAt(partition, NONE)).isEmpty();
        awaitDrainedAt(20_000, 0);
    }

    @Test
    void shouldStandWhileTheBrokerDoesNotAnswer() throws Exception {
        awaitDrainedAt(1_000, NONE);

        broker.pause();
        try {
            clock.set(20_000);
            for (int i = 0; i < 20; i++) {
                var unused = consumer.poll(Duration.ofMillis(50));
                assertThat(readAhead.drainedAt(partition, NONE)).hasValue(1_000);
            }
        } finally {
            broker.resume();
        }

        awaitDrainedAt(20_000, NONE);
    }

    @Test
    void shouldStandWhileATransactionIsOpenAndGoOnBehindItsMarker() {
        Map<String, Object> options =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "sender");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var sent = producer.send(new ProducerRecord<>(partition.topic(), new byte[1]));
            producer.flush();
            assertThat(sent).isDone();
            for (clock.set(20_000); clock.get() < 20_020; clock.incrementAndGet()) {
                var unused = consumer.poll(Duration.ofMillis(50));
                assertThat(readAhead.drainedAt(partition, NONE)).isEmpty();
            }
            producer.commitTransaction();
        }

        awaitDelivery(0);

        awaitDrainedAt(20_020, 0);
    }

    @Test
    void shouldKnowNothingOfWhatAnotherThreadReads() throws Exception {
        awaitDrainedAt(1_000, NONE);
        OptionalLong[] seen = new OptionalLong[1];

        Thread other = new Thread(() -> seen[0] = readAhead.drainedAt(partition, NONE));
        other.start();
        other.join();

        assertThat(seen[0]).isEmpty();
    }

    private void awaitDrainedAt(long time, long lastOffset) {
        await().pollInSameThread().untilAsserted(() -> {
            var unused = consumer.poll(Duration.ofMillis(10));
            assertThat(readAhead.drainedAt(partition, lastOffset)).hasValue(time);
        });
    }

    /** Until the record has been given out, the clock must not pass what was known before it came. */
    private void awaitDelivery(long offset) {
        await().pollInSameThread().until(() -> {
            boolean delivered = consumer.poll(Duration.ofMillis(10)).records(partition).stream()
                    .anyMatch(read -> read.offset() == offset);
            if (!delivered) {
                assertThat(readAhead.drainedAt(partition, NONE).orElse(0)).isLessThanOrEqualTo(1_000);
            }
            return delivered;
        });
    }

    private void produce() throws Exception {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(partition.topic(), new byte[1]))
                    .get();
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        try {
            admin.createTopics(List.of(new NewTopic(partition.topic(), 1, (short) 1)))
                    .all()
                    .get();
            HostedTopics.await(admin, Set.of(partition.topic()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Consumer<byte[], byte[]> made = readAhead.getConsumer(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "client.id",
                Thread.currentThread().getName() + "-consumer",
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"));
        made.assign(List.of(partition));
        readAhead.started(partition);
        return made;
    }

    private static Map<String, Object> clients() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
