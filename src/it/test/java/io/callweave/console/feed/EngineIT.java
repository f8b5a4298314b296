package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.console.store.NotificationPlace;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.record.ExcludedCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console asks a broker for. */
@Tag("full")
class EngineIT {

    private static final String NOTIFICATION = """
            {"event": "/restapi/v1.0/account/A/telephony/sessions", "body": {"telephonySessionId": "s-1", "parties": []}}""";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static Admin admin;
    private static Producer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        admin = Admin.create(client);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        admin.close();
        kafka.close();
    }

    @Test
    void shouldSayHowFarTheClockIsBehindInEachPartition() throws Exception {
        TopicPartition behind = topic("clock.", 3);
        TopicPartition idle = new TopicPartition(behind.topic(), 1);
        TopicPartition other = new TopicPartition(behind.topic(), 2);
        long now = System.currentTimeMillis();
        for (long secondsAgo : List.of(7_200L, 3_600L, 60L)) {
            put(behind, now - secondsAgo * 1_000);
        }
        put(idle, now - 7_200_000);
        put(other, now - 30_000);
        admin.alterConsumerGroupOffsets(
                        "streams",
                        Map.of(
                                behind,
                                new OffsetAndMetadata(1),
                                idle,
                                new OffsetAndMetadata(1),
                                other,
                                new OffsetAndMetadata(0)))
                .all()
                .get();

        try (Engine engine = Engine.start(config("clock."), List.of("streams", "unknown"))) {
            Engine.Lags lags =
                    await().until(engine::lags, found -> !found.records().isEmpty());

            assertThat(lags.records()).isEqualTo(Map.of("streams", 3L));
            assertThat(lags.clocks()).containsOnlyKeys(0, 1, 2).containsEntry(1, OptionalLong.of(0));
            assertThat(lags.clocks().get(0).orElseThrow()).isBetween(3_600_000L, 3_900_000L);
            assertThat(lags.clocks().get(2).orElseThrow()).isBetween(30_000L, 330_000L);
            assertThat(lags.behind()).as("the slowest").isEqualTo(lags.clocks().get(0));
        }
    }

    @Test
    void shouldLeaveOutWhatTheTopicNoLongerHasAndSaySo() throws Exception {
        TopicPartition partition = topic("raw.", 1);
        for (int i = 0; i < 4; i++) {
            put(partition, System.currentTimeMillis());
        }
        List<NotificationPlace> places = List.of(place(0), place(1), place(3));
        RawNotifications notifications = new RawNotifications(config("raw."));

        RawNotifications.Reading all = notifications.read("A", places, 1 << 20, () -> {});
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2)))
                .all()
                .get();
        RawNotifications.Reading some = notifications.read("A", places, 1 << 20, () -> {});
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4)))
                .all()
                .get();
        RawNotifications.Reading none = notifications.read("A", places, 1 << 20, () -> {});

        assertThat(all.notifications()).hasSize(3);
        assertThat(all.part()).isNull();
        assertThat(some.notifications())
                .extracting(RawNotifications.Raw::offset)
                .containsExactly(3L);
        assertThat(some.part()).isEqualTo(Part.DELETED);
        assertThat(none.notifications()).isEmpty();
        assertThat(none.part()).isEqualTo(Part.DELETED);
    }

    private static NotificationPlace place(long offset) {
        return new NotificationPlace("A", "s-1", 0, offset, 0);
    }

    /** Returns its first partition. */
    private static TopicPartition topic(String prefix, int partitions) throws Exception {
        String name = prefix + "notifications";
        admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.of((short) 1))))
                .all()
                .get();
        return new TopicPartition(name, 0);
    }

    private static void put(TopicPartition to, long timestamp) throws Exception {
        producer.send(new ProducerRecord<>(
                        to.topic(), to.partition(), timestamp, "s-1".getBytes(UTF_8), NOTIFICATION.getBytes(UTF_8)))
                .get();
    }

    private static FeedConfig config(String prefix) {
        return new FeedConfig(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                prefix,
                Duration.ofDays(1),
                1,
                1,
                Masking.OFF,
                ExcludedCalls.NONE);
    }
}
