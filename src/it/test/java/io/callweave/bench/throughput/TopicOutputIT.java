package io.callweave.bench.throughput;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class TopicOutputIT {

    private static final String TOPIC = "output";
    private static final String CALLS = "calls";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws ExecutionException, InterruptedException {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
        Brokers.createTopic(kafka, TOPIC, 2, Map.of());
        Brokers.createTopic(kafka, CALLS, 2, Map.of());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** As where a broker says that a transaction is committed, and marks it a moment later. */
    @Test
    void shouldWaitForATransactionThatIsStillOpen() throws Exception {
        Site site = new Site("bench", "subject", kafka.bootstrapServers(), 2, 1, directory, 0, false);
        try (TopicOutput output = new TopicOutput(site, TOPIC, CALLS, LiveTraffic::calls);
                Producer<String, byte[]> producer = Brokers.transactionalProducer(kafka, "id")) {
            producer.beginTransaction();
            send(producer, 0, 2);
            send(producer, 1, 3);
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, 1, 4);
            producer.flush();
            CompletableFuture<Void> committed = CompletableFuture.runAsync(
                    producer::commitTransaction, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));

            assertThatCode(() -> output.part(9)).doesNotThrowAnyException();

            committed.get();
            assertThatCode(() -> output.part(0)).doesNotThrowAnyException();
        }
    }

    private static void send(Producer<String, byte[]> producer, int partition, int records) {
        for (int i = 0; i < records; i++) {
            var unused = producer.send(new ProducerRecord<>(TOPIC, partition, "key", new byte[] {1}));
        }
    }
}
