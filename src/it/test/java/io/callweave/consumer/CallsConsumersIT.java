package io.callweave.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.testcalls.ExampleCalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kafka consumers of docs/calls.md keep the newest record of each call. */
@Tag("programs")
class CallsConsumersIT {

    private static final String TOPIC = "callweave.calls";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static List<ConsumerRecord<String, String>> emitted;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
        Brokers.createTopic(kafka, TOPIC, 3, Map.of());
        emitted = Emissions.of(
                ExampleCalls.lines().getOrDefault("late-link", List.of()), 7, new SplittableRandom(1), 20_000);
        try (Producer<String, byte[]> producer = Brokers.transactionalProducer(kafka, "streams")) {
            producer.beginTransaction();
            for (ConsumerRecord<String, String> record : Emissions.asRead(emitted, new SplittableRandom(2))) {
                var unused = producer.send(record(record.key(), record.value()));
            }
            var unused = producer.send(record("1/steering", PrintedCalls.STEERING));
            producer.commitTransaction();
            // A consumer that reads what was aborted would keep this.
            producer.beginTransaction();
            String aborted = emitted.get(0).value().replaceFirst("\"revision\":\\d+", "\"revision\":99");
            producer.send(record(emitted.get(0).key(), aborted)).get();
            producer.abortTransaction();
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldKeepTheNewestRecordOfEachCallInJava() throws Exception {
        try (ExampleProgram consumer =
                ExampleProgram.java("CallsConsumer", Map.of(), kafka.bootstrapServers(), TOPIC, "java")) {
            assertKeepsTheNewest(consumer);
        }
    }

    @Test
    void shouldKeepTheNewestRecordOfEachCallInPython() throws Exception {
        try (ExampleProgram consumer =
                ExampleProgram.python("calls_consumer.py", kafka.bootstrapServers(), TOPIC, "python")) {
            assertKeepsTheNewest(consumer);
        }
    }

    private static void assertKeepsTheNewest(ExampleProgram consumer) throws Exception {
        Map<String, String> newest = PrintedCalls.newest(emitted);
        PrintedCalls printed = new PrintedCalls(consumer);

        await().atMost(PATIENCE).until(() -> printed.last().equals(newest) || !consumer.isRunning());

        assertThat(printed.last()).isEqualTo(newest);
        assertThat(consumer.lines()).noneMatch(line -> line.contains("revision 99"));
    }

    private static ProducerRecord<String, byte[]> record(String key, String value) {
        return new ProducerRecord<>(TOPIC, key, value.getBytes(StandardCharsets.UTF_8));
    }
}
