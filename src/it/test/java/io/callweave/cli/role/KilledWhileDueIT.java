package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.StreamsProcess;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The waits of many calls end at one moment, and the process dies while it gives them out: each goes out once. */
@Tag("full")
class KilledWhileDueIT {

    private static final int CALLS = 6_000;

    /** So much is written before the kill, of which some is committed: a step gives out no more than 1,000 calls. */
    private static final int SOME = 1_500;

    /** In bytes a second. All of the calls take more than this, so that the kill comes in time also on a fast machine. */
    private static final double QUOTA = 5 << 20;

    @TempDir
    private Path directory;

    @Test
    void shouldLoseAndDoubleNothing() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
                Installation installation = Installation.create(kafka, directory, "due", Map.of())) {
            // Before it starts: so all of them wait when the clock has caught up.
            installation.accept(calls());
            limitProducers(kafka, QUOTA);
            try (StreamsProcess process = installation.startProcess("only");
                    Written calls = new Written(kafka, Topic.CALLS.name("due."))) {
                calls.awaitAtLeast(SOME, process);
                process.kill();

                assertThat(calls.count()).as("calls written at the kill").isBetween((long) SOME, CALLS - 1L);
            }
            limitProducers(kafka, null);
            try (StreamsProcess process = installation.startProcess("only")) {
                await().until(process::isReady);

                installation.awaitAssembled();
            }
            assertThat(installation.emissions()).hasSize(CALLS);
        }
    }

    /** What is written to a topic, committed or not. */
    private static final class Written implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<TopicPartition> partitions;
        private long seen;

        Written(EmbeddedKafka kafka, String topic) {
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_uncommitted"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        void awaitAtLeast(int records, StreamsProcess writer) {
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                var unused = writer.isReady(); // throws if it has ended
                seen += consumer.poll(Duration.ofMillis(100)).count();
                return seen >= records;
            });
        }

        /** How many there are now. */
        long count() {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                seen += consumer.poll(Duration.ofMillis(100)).count();
            }
            return seen;
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    /** @param bytesPerSecond of each client; null for no limit */
    private static void limitProducers(EmbeddedKafka kafka, @Nullable Double bytesPerSecond) throws Exception {
        ClientQuotaEntity everybody = new ClientQuotaEntity(Collections.singletonMap("client-id", null));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                            everybody, List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
                    .all()
                    .get();
        }
    }

    /** Nobody else is seen on the phone, so each is waited for. */
    private static List<String> calls() {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(
                    "{\"event\":\"/restapi/v1.0/account/" + (809_646_016 + i % 7)
                            + "/telephony/sessions\",\"timestamp\":\"2026-03-02T09:00:00Z\",\"body\":{\"telephonySessionId\":\"s-"
                            + i + "\",\"sequence\":2,\"eventTime\":\"2026-03-02T09:00:00Z\",\"parties\":[{\"id\":\"p-"
                            + i
                            + "-1\",\"extensionId\":\"104\",\"direction\":\"Inbound\",\"status\":{\"code\":\"Disconnected\"}}]}}");
        }
        return calls;
    }
}
