package io.callweave.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.files.LocalException;
import io.callweave.topics.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class TopicReaderIT {

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory)
                .withOverrides(Map.of("log.cleaner.backoff.ms", "50", "log.initial.task.delay.ms", "0")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldMergePartitionsByTimestampThenPartition() throws Exception {
        Brokers.createTopic(kafka, "merged", 3, Map.of());
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            send(producer, "merged", 2, 10, "c10");
            send(producer, "merged", 0, 10, "a10");
            send(producer, "merged", 1, 5, "b5");
            send(producer, "merged", 0, 30, "a30");
            send(producer, "merged", 0, 20, "a20 after a30");
            send(producer, "merged", 1, 25, "b25");
        }

        assertThat(merged("merged")).containsExactly("b5", "a10", "c10", "b25", "a30", "a20 after a30");
    }

    @Test
    void shouldReadOnePartitionAfterTheOther() throws Exception {
        Brokers.createTopic(kafka, "by-partition", 2, Map.of());
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            send(producer, "by-partition", 1, 1, "b1");
            send(producer, "by-partition", 0, 9, "a9");
            send(producer, "by-partition", 0, 3, "a3");
        }
        List<String> read = new ArrayList<>();

        reader().readByPartition("by-partition", each -> read.add(value(each)));

        assertThat(read).containsExactly("a9", "a3", "b1");
    }

    @Test
    void shouldReadNothingFromAnEmptyTopic() throws Exception {
        Brokers.createTopic(kafka, "empty", 2, Map.of());

        assertThat(merged("empty")).isEmpty();
    }

    @Test
    void shouldReadMoreThanOneFetchHolds() throws Exception {
        Brokers.createTopic(kafka, "many", 2, Map.of());
        byte[] value = new byte[10_000];
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            for (int i = 0; i < 2_000; i++) {
                var unused = producer.send(new ProducerRecord<>("many", i % 2, (long) i, "key", value));
            }
        }
        List<Long> timestamps = new ArrayList<>();

        reader().readMerged("many", each -> timestamps.add(each.timestamp()));

        assertThat(timestamps).hasSize(2_000).isSorted();
    }

    @Test
    void shouldLeaveOutAbortedRecordsAndStopAtTheMarkers() throws Exception {
        Brokers.createTopic(kafka, "transactions", 1, Map.of());
        try (Producer<String, byte[]> producer = Brokers.transactionalProducer(kafka, "transactions")) {
            producer.beginTransaction();
            send(producer, "transactions", 0, 1, "committed");
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, "transactions", 0, 2, "aborted");
            producer.flush();
            producer.abortTransaction();
        }

        assertThat(merged("transactions")).containsExactly("committed");
    }

    @Test
    void shouldReadNothingButAbortedRecords() throws Exception {
        Brokers.createTopic(kafka, "aborted", 1, Map.of());
        try (Producer<String, byte[]> producer = Brokers.transactionalProducer(kafka, "aborted")) {
            producer.beginTransaction();
            send(producer, "aborted", 0, 2, "aborted");
            producer.flush();
            producer.abortTransaction();
        }

        assertThat(merged("aborted")).isEmpty();
    }

    @Test
    void shouldWaitForATransactionThatIsStillOpen() throws Exception {
        Brokers.createTopic(kafka, "open", 1, Map.of());
        try (Producer<String, byte[]> producer = Brokers.transactionalProducer(kafka, "open")) {
            try (Producer<String, byte[]> other = Brokers.producer(kafka)) {
                send(other, "open", 0, 1, "first");
            }
            producer.beginTransaction();
            send(producer, "open", 0, 2, "second");
            producer.flush();
            CompletableFuture<Void> firstRead = new CompletableFuture<>();
            CompletableFuture<List<String>> result = CompletableFuture.supplyAsync(() -> {
                List<String> read = new ArrayList<>();
                reader().readMerged("open", each -> {
                    read.add(value(each));
                    firstRead.complete(null);
                });
                return read;
            });
            firstRead.get();

            producer.commitTransaction();

            assertThat(result.get()).containsExactly("first", "second");
        }
    }

    @Test
    void shouldSayThatATransactionStaysOpen() throws Exception {
        Brokers.createTopic(kafka, "stuck", 1, Map.of());
        TopicReader impatient = new TopicReader(clients(), Duration.ofMillis(300));
        try (Producer<String, byte[]> producer = Brokers.transactionalProducer(kafka, "stuck")) {
            producer.beginTransaction();
            send(producer, "stuck", 0, 1, "never seen");
            producer.flush();

            assertThatThrownBy(() -> impatient.readMerged("stuck", each -> {}))
                    .isInstanceOf(LocalException.class)
                    .hasMessage("Reading stuck-0 stands still at offset 0 of 1: "
                            + "a transaction is still open, or the broker does not answer.");
            producer.abortTransaction();
        }
    }

    @Test
    void shouldReachAnEndWhoseRecordsWereCompactedAway() throws Exception {
        Brokers.createTopic(
                kafka,
                "compacted",
                1,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_MS_CONFIG, "1",
                        TopicConfig.DELETE_RETENTION_MS_CONFIG, "0",
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0"));
        try (Producer<String, byte[]> producer = Brokers.transactionalProducer(kafka, "compacted")) {
            commit(producer, "kept", "kept");
            commit(producer, "gone", "gone");
            commit(producer, "gone", null);

            // Each try adds an aborted record at the end, so that the segment before it is closed and can be compacted.
            List<String> read = merged("compacted");
            while (read.size() != 1) {
                producer.beginTransaction();
                send(producer, "compacted", 0, System.currentTimeMillis(), "aborted");
                producer.flush();
                producer.abortTransaction();
                read = merged("compacted");
            }

            assertThat(read).containsExactly("kept");
        }
    }

    @Test
    void shouldPassOnWhatTheSinkThrows() throws Exception {
        Brokers.createTopic(kafka, "sink", 1, Map.of());
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            send(producer, "sink", 0, 1, "value");
        }

        assertThatThrownBy(() -> reader().readMerged("sink", each -> {
                    throw new java.io.IOException("disk full");
                }))
                .hasMessage("disk full");
    }

    @Test
    void shouldSayThatATopicDoesNotExist() {
        assertThatThrownBy(() -> reader().readMerged("absent", each -> {}))
                .isInstanceOf(LocalException.class)
                .hasMessage("The topic absent does not exist.");
    }

    private static void commit(Producer<String, byte[]> producer, String key, String value) {
        producer.beginTransaction();
        var unused =
                producer.send(new ProducerRecord<>("compacted", key, value == null ? null : value.getBytes(UTF_8)));
        producer.commitTransaction();
    }

    private static void send(
            Producer<String, byte[]> producer, String topic, int partition, long timestamp, String value) {
        var unused = producer.send(new ProducerRecord<>(topic, partition, timestamp, "key", value.getBytes(UTF_8)));
    }

    private static List<String> merged(String topic) {
        List<String> read = new ArrayList<>();
        reader().readMerged(topic, each -> read.add(value(each)));
        return read;
    }

    private static TopicReader reader() {
        return new TopicReader(kafka.bootstrapServers());
    }

    private static Map<String, Object> clients() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static String value(ConsumerRecord<byte[], byte[]> each) {
        return each.value() == null ? "null" : new String(each.value(), UTF_8);
    }
}
