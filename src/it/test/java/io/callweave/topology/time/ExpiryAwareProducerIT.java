package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callweave.local.BrokerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka Streams hears of its records from a producer of a real broker, and that no failure is committed. */
@Tag("full")
class ExpiryAwareProducerIT {

    private static final int LARGEST = 10_000;

    @TempDir
    private static Path directory;

    private static BrokerProcess broker;
    private static Admin admin;
    private static int topics;

    private final String output = "output-" + ++topics;
    private final String changelog = "store-" + topics + "-changelog";
    private final List<RecordMetadata> written = new CopyOnWriteArrayList<>();
    private final AtomicInteger undone = new AtomicInteger();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();

    private @Nullable KafkaException refused;

    @BeforeAll
    static void start() throws Exception {
        broker = BrokerProcess.start(directory.resolve("kafka"));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void shouldTellTheLastOffsetOfEachPartitionAndCountAllOutputs() throws Exception {
        make();
        try (ExpiryAwareProducer producer = begun(Map.of())) {
            for (int i = 0; i < 1_000; i++) {
                send(producer, new ProducerRecord<>(changelog, i % 2, new byte[1], new byte[100]));
                send(producer, new ProducerRecord<>(output, new byte[1], new byte[100]));
            }
            assertThat(written).hasSize(1_000).allMatch(told -> told.topic().equals(output));
            written.clear();

            flush(producer);

            assertThat(written).allMatch(told -> told.topic().equals(changelog) && told.offset() == 499);
            assertThat(written).extracting(RecordMetadata::partition).containsExactlyInAnyOrder(0, 1);
            producer.commitTransaction();
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void shouldTellWhatABrokerRefuses() throws Exception {
        make();
        for (String topic : List.of(output, changelog)) {
            try (ExpiryAwareProducer producer = begun(Map.of())) {
                send(producer, record(topic, LARGEST * 2));
                flush(producer);

                assertThat(failures).singleElement().isInstanceOf(RecordTooLargeException.class);
                assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
                shouldGoOnAfterAbort(producer, topic);
            }
        }
    }

    @Test
    void shouldTellWhatTheProducerItselfRefuses() throws Exception {
        make();
        for (String topic : List.of(output, changelog)) {
            try (ExpiryAwareProducer producer = begun(Map.of("max.request.size", LARGEST))) {
                send(producer, record(topic, LARGEST * 2));

                assertThat(failures).singleElement().isInstanceOf(RecordTooLargeException.class);
                assertThat(written).isEmpty();
                assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
                shouldGoOnAfterAbort(producer, topic);
            }
        }
    }

    private void shouldGoOnAfterAbort(ExpiryAwareProducer producer, String topic) {
        producer.abortTransaction();
        failures.clear();
        written.clear();
        producer.beginTransaction();
        send(producer, record(topic, 1));
        flush(producer);
        producer.commitTransaction();

        assertThat(failures).isEmpty();
        assertThat(written).singleElement().extracting(RecordMetadata::topic).isEqualTo(topic);
        written.clear();
    }

    /** After a pause of this process. */
    @Test
    void shouldTellThatTheProducerIsFenced() throws Exception {
        make();
        for (String topic : List.of(output, changelog)) {
            try (ExpiryAwareProducer producer = begun(Map.of())) {
                send(producer, record(topic, 1));
                flush(producer);
                takeOver();
                written.clear();

                send(producer, record(topic, 1));
                flush(producer);

                assertThat(failures).singleElement().isInstanceOf(InvalidProducerEpochException.class);
                assertThat(refused).isInstanceOf(InvalidProducerEpochException.class);
                assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
                failures.clear();
            }
        }
    }

    /** A broker has ended the transaction, and the records come too late. */
    @Test
    void shouldTellThatTheTransactionHasExpired() throws Exception {
        make();
        try (ExpiryAwareProducer producer = begun(Map.of("transaction.timeout.ms", 1_000))) {
            for (String topic : List.of(output, changelog)) {
                send(producer, record(topic, 1));
            }
            flush(producer);
            awaitAbort();

            for (String topic : List.of(output, changelog)) {
                send(producer, record(topic, 1));
            }
            flush(producer);

            assertThat(failures).hasSize(2).allMatch(InvalidProducerEpochException.class::isInstance);
            assertThat(refused).isInstanceOf(InvalidProducerEpochException.class);
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
        }
    }

    /** Kafka Streams has closed the tasks that had something to commit before, and commits for others. */
    @Test
    void shouldTellOffsetsAlsoWithoutAFlush() throws Exception {
        make();
        try (ExpiryAwareProducer producer = begun(Map.of())) {
            send(producer, record(changelog, 1));

            producer.commitTransaction();

            assertThat(written)
                    .singleElement()
                    .extracting(RecordMetadata::topic)
                    .isEqualTo(changelog);
        }
    }

    /** What an aborted transaction wrote must not be told with the next one, also where its end is not known. */
    @Test
    void shouldForgetWhatItCouldNotAbort() throws Exception {
        make();
        try (ExpiryAwareProducer producer = begun(Map.of())) {
            send(producer, record(changelog, 1));
            takeOver();

            assertThatThrownBy(producer::abortTransaction).isInstanceOf(KafkaException.class);
            failures.clear();
            flush(producer);

            assertThat(written).isEmpty();
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void shouldTellWhatIsUndone() throws Exception {
        make();
        ExpiryAwareProducer producer = begun(Map.of());
        producer.abortTransaction();
        producer.beginTransaction();
        send(producer, record(output, 1));
        producer.commitTransaction();
        producer.beginTransaction();
        assertThat(undone).hasValue(0);

        send(producer, record(output, 1));
        producer.abortTransaction();
        assertThat(undone).hasValue(1);

        producer.beginTransaction();
        send(producer, record(output, 1));
        producer.close();
        assertThat(undone).hasValue(2);
    }

    /** As Kafka Streams begins a commit; what it throws then is in the failures, too. */
    private void flush(ExpiryAwareProducer producer) {
        try {
            producer.sendOffsetsToTransaction(Map.of(), new MockConsumer<>("earliest").groupMetadata());
        } catch (KafkaException e) {
            assertThat(failures).isNotEmpty();
            refused = e;
        }
    }

    private static void awaitAbort() {
        await().until(() -> admin.describeTransactions(List.of("sender"))
                .description("sender")
                .get()
                .state()
                .toString()
                .equals("CompleteAbort"));
    }

    private void make() throws Exception {
        Map<String, String> limits = Map.of("max.message.bytes", String.valueOf(LARGEST));
        admin.createTopics(List.of(
                        new NewTopic(output, 2, (short) 1).configs(limits),
                        new NewTopic(changelog, 2, (short) 1).configs(limits)))
                .all()
                .get();
    }

    private ExpiryAwareProducer begun(Map<String, Object> options) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "transactional.id", "sender", "linger.ms", 1_000));
        config.putAll(options);
        ExpiryAwareProducer producer = new ExpiryAwareProducer(config, undone::incrementAndGet, nanos -> {});
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    /** As another process that begins with the same transactional id. */
    private void takeOver() {
        begun(Map.of()).close(Duration.ZERO);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int bytes) {
        return new ProducerRecord<>(topic, 0, new byte[1], new byte[bytes]);
    }

    private void send(ExpiryAwareProducer producer, ProducerRecord<byte[], byte[]> sent) {
        var unused = producer.send(sent, this::told);
    }

    private void told(RecordMetadata metadata, Exception failure) {
        if (failure == null) {
            written.add(metadata);
        } else {
            failures.add(failure);
        }
    }
}
