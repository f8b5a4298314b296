package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.topics.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site is gone. Its notifications were mirrored: docs/run.md, "Another site". */
@Tag("full")
class SecondSiteIT {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final int TWICE_EVERY = 7;

    @TempDir
    private Path directory;

    @Test
    void shouldMakeTheSameCallsOfMirroredNotificationsWithDuplicatesAndOtherOffsets() throws Exception {
        List<String> lines = lines();
        try (EmbeddedKafka other = kafka("other");
                Installation second = Installation.create(other, directory, "second", Map.of())) {
            SortedMap<String, String> records;
            try (EmbeddedKafka kafka = kafka("first");
                    Installation first = Installation.create(kafka, directory, "first", Map.of())) {
                first.startAndAwait("only");
                first.accept(lines);
                first.awaitAssembled();
                records = first.fold().records();
                mirror(first.read(Topic.NOTIFICATIONS), other);
            }
            second.expect(lines);

            second.startAndAwait("only");

            second.awaitAssembled();
            assertThat(second.fold().records()).isEqualTo(records);
        }
    }

    private EmbeddedKafka kafka(String name) {
        return EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve(name)));
    }

    /** As a mirror does that was killed now and then: partitions stay, and some records come again. */
    private static void mirror(List<ConsumerRecord<byte[], byte[]>> notifications, EmbeddedKafka other) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", other.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (ConsumerRecord<byte[], byte[]> each : notifications) {
                for (int copies = each.offset() % TWICE_EVERY == 0 ? 2 : 1; copies > 0; copies--) {
                    var unused = producer.send(new ProducerRecord<>(
                            Topic.NOTIFICATIONS.name("second."),
                            each.partition(),
                            each.key(),
                            each.value(),
                            each.headers()));
                }
            }
        }
    }

    private static List<String> lines() {
        List<PhoneCall> calls = new ArrayList<>();
        for (int number = 0; number < 60; number++) {
            PhoneCall talk = call().seeded(number)
                    .startingAt(START.plusSeconds(5L * number))
                    .inbound("+15550100002")
                    .answeredBy("104");
            calls.add(
                    number % 2 == 0
                            ? talk.hangUp()
                            : talk.attendedTransferTo("106").hangUp());
        }
        return Delivery.of(calls)
                .shuffled(7, Duration.ofSeconds(20))
                .duplicated(0.1)
                .lines();
    }
}
