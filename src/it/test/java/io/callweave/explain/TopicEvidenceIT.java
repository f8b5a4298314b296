package io.callweave.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.files.NotificationLine;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicEvidenceIT {

    private static final Instant START = Instant.now().minus(Duration.ofMinutes(5));

    @TempDir
    private Path data;

    /** The session of the transfer names no other session: only the record tells that it belongs to the call. */
    @Test
    void shouldFindAllSessionsOfACallByAnyOfThem() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(data))) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                Topics.create(admin, "t.", 2, (short) 1, Topics.Variant.FILES);
            }
            try (Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
                send(producer, Topic.NOTIFICATIONS, 0, "s-1", "first", START);
                send(producer, Topic.NOTIFICATIONS, 0, "s-3", "another call", START.plusSeconds(1));
                send(producer, Topic.NOTIFICATIONS, 1, "s-2", "second", START.plusSeconds(2));
                send(producer, Topic.CALLS, 0, "1/s-1", record("s-1", "s-1", "s-2"), START.plusSeconds(9));
                send(producer, Topic.CALLS, 1, "1/s-3", record("s-3", "s-3"), START.plusSeconds(9));
            }
            TopicReader topics = new TopicReader(client, Duration.ofMinutes(2));

            TopicEvidence near = TopicEvidence.find(
                    topics,
                    "t.",
                    "s-2",
                    null,
                    TopicEvidence.Periods.near(START.toEpochMilli()),
                    (what, done, total) -> {});
            TopicEvidence far = TopicEvidence.find(
                    topics,
                    "t.",
                    "s-2",
                    null,
                    TopicEvidence.Periods.near(START.minus(Duration.ofDays(3)).toEpochMilli()),
                    (what, done, total) -> {});

            assertThat(near.records())
                    .extracting(record -> record.json().path("callId").asText())
                    .containsExactly("s-1");
            assertThat(near.lines())
                    .extracting(line -> new String(line.value(), UTF_8))
                    .hasSize(2);
            assertThat(near.lines()).extracting(NotificationLine::source).containsExactly("webhook 0:0", "webhook 1:0");
            assertThat(far.records()).isEmpty();
        }
    }

    /** RingCentral's events of voicemail name no session, nor do the bridge's of recordings. */
    @Test
    void shouldFindTheLaterFactsOfItsArtifactsThatHaveTheAccountAsKey() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(data))) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                Topics.create(admin, "t.", 2, (short) 1, Topics.Variant.FILES);
            }
            String artifacts = "[{\"kind\":\"voicemail\",\"id\":\"31\"},{\"kind\":\"recording\",\"id\":\"32\"}]";
            try (Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
                send(producer, Topic.NOTIFICATIONS, 0, "s-1", "first", START);
                send(producer, Topic.NOTIFICATIONS, 0, "1", voicemail("1", 31), START.plusSeconds(1));
                send(producer, Topic.NOTIFICATIONS, 0, "1", voicemail("1", 32), START.plusSeconds(2));
                send(producer, Topic.NOTIFICATIONS, 0, "2", voicemail("2", 31), START.plusSeconds(3));
                send(producer, Topic.NOTIFICATIONS, 0, "1", recording("1", 32), START.plusSeconds(4));
                send(producer, Topic.NOTIFICATIONS, 0, "1", "not JSON", START.plusSeconds(5));
                send(
                        producer,
                        Topic.CALLS,
                        0,
                        "1/s-1",
                        record("s-1", "s-1").replace("\"sessions\"", "\"artifacts\":" + artifacts + ",\"sessions\""),
                        START.plusSeconds(9));
            }

            TopicEvidence found = TopicEvidence.find(
                    new TopicReader(client, Duration.ofMinutes(2)),
                    "t.",
                    "s-1",
                    null,
                    TopicEvidence.Periods.near(START.toEpochMilli()),
                    (what, done, total) -> {});

            assertThat(found.lines())
                    .extracting(line -> new String(line.value(), UTF_8))
                    .containsExactly("first", voicemail("1", 31), recording("1", 32));
        }
    }

    private static String voicemail(String account, int id) {
        return "{\"event\":\"/restapi/v1.0/account/" + account + "/extension/7/voicemail\",\"body\":{\"id\":" + id
                + ",\"creationTime\":\"" + START + "\"}}";
    }

    private static String recording(String account, int id) {
        return "{\"event\":\"/restapi/v1.0/account/" + account + "/recording/" + id + "\",\"body\":{\"id\":" + id
                + "}}";
    }

    private static String record(String callId, String... sessions) {
        return "{\"callId\":\"" + callId + "\",\"accountId\":\"1\",\"revision\":1,\"epoch\":1,\"status\":\"complete\","
                + "\"startTime\":\"" + START + "\",\"sessions\":["
                + String.join(
                        ",",
                        List.of(sessions).stream()
                                .map(id -> "{\"telephonySessionId\":\"" + id + "\"}")
                                .toList())
                + "]}";
    }

    private static void send(
            Producer<byte[], byte[]> producer, Topic topic, int partition, String key, String value, Instant time) {
        var unused = producer.send(new ProducerRecord<>(
                topic.name("t."),
                partition,
                time.toEpochMilli(),
                key.getBytes(UTF_8),
                value.getBytes(UTF_8),
                new RecordHeaders().add(Headers.text(Headers.TRANSPORT, "webhook"))));
    }
}
