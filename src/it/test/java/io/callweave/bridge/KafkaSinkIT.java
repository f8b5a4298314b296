package io.callweave.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class KafkaSinkIT {

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldKeepRecordedTimeAndOrder() {
        createTopics("recorded.");
        try (KafkaSink sink = sink()) {
            Intake intake = intake("recorded.", new RecordedTimestamps(value -> null), sink);
            for (String notification : List.of(
                    "session s-1 acme 1000",
                    "session s-2 acme 900",
                    "session s-1 acme 4102444800000",
                    "session s-3 acme")) {
                var unused = accept(intake, notification);
            }
            sink.flush();
        }

        assertThat(read("recorded.", Topic.NOTIFICATIONS))
                .extracting(each -> new String(each.key(), UTF_8) + "@" + each.timestamp())
                .containsExactly("s-1@1000", "s-2@1000", "s-1@4102444800000", "s-3@4102444800000");
    }

    @Test
    void shouldKeepADeadLetterOf20MegabytesAsItIs() {
        createTopics("large.");
        byte[] value = new byte[20 << 20];
        Arrays.fill(value, (byte) 'x');
        value[value.length - 1] = (byte) 0xff;
        try (KafkaSink sink = sink()) {
            Intake intake = intake("large.", TimestampSource.RECEIVED, sink);
            var unused = intake.accept(Owner.ANYBODY, value, new Receipt("file", 1, "large.ndjson:1"));
            sink.flush();
        }

        List<ConsumerRecord<byte[], byte[]>> letters = read("large.", Topic.DEAD_LETTERS);

        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).value()).isEqualTo(value);
        assertThat(Headers.text(letters.get(0).headers(), Headers.REASON)).isEqualTo("notJson");
    }

    @Test
    void shouldKeepEverythingItTook() {
        createTopics("counted.");
        List<CompletableFuture<IntakeOutcome>> outcomes = new ArrayList<>();
        try (KafkaSink sink = sink()) {
            Intake intake = intake("counted.", TimestampSource.RECEIVED, sink);
            for (int i = 0; i < 1_000; i++) {
                outcomes.add(accept(intake, "session s-" + i));
            }
            sink.flush();
        }
        assertThat(outcomes).extracting(CompletableFuture::join).containsOnly(IntakeOutcome.PUBLISHED);
        assertThat(read("counted.", Topic.NOTIFICATIONS)).hasSize(1_000);
    }

    @Test
    void shouldReportThatTheTopicIsMissing() {
        KafkaSinkSettings settings = new KafkaSinkSettings(
                1_000, Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", "500"));
        try (KafkaSink sink = new KafkaSink(settings)) {
            var unused = accept(intake("absent.", TimestampSource.RECEIVED, sink), "session s-1");

            assertThatThrownBy(sink::flush)
                    .isInstanceOf(IntakeException.class)
                    .hasMessageContaining("absent.notifications");
        }
    }

    private static void createTopics(String prefix) {
        try (Admin admin = Brokers.admin(kafka)) {
            Topics.create(admin, prefix, 1, (short) 1, Topics.Variant.FILES);
        }
    }

    private static KafkaSink sink() {
        return new KafkaSink(KafkaSinkSettings.of(kafka.bootstrapServers()));
    }

    private static Intake intake(String prefix, TimestampSource timestamps, KafkaSink sink) {
        return new Intake(
                IntakeRules.of(prefix, 1_000).withTimestamps(timestamps),
                FakeKeying::key,
                sink,
                IntakeListener.NONE,
                InstantSource.system());
    }

    private static CompletableFuture<IntakeOutcome> accept(Intake intake, String value) {
        return intake.accept(Owner.ANYBODY, value.getBytes(UTF_8), new Receipt("file", 1, "file:1"));
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String prefix, Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        new TopicReader(kafka.bootstrapServers()).readMerged(topic.name(prefix), read::add);
        return read;
    }
}
