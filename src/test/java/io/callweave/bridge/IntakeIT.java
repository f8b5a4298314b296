package io.callweave.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.local.TopicReader;
import io.callweave.topology.Headers;
import io.callweave.topology.Topic;
import io.callweave.topology.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeIT {

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
        try (Intake intake = intake("recorded.", new RecordedTimestamps(value -> null))) {
            accept(intake, "session s-1 acme 1000");
            accept(intake, "session s-2 acme 900");
            accept(intake, "session s-1 acme 4102444800000");
            accept(intake, "session s-3 acme");
            intake.flush();
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
        try (Intake intake = intake("large.", Timestamps.RECEIVED)) {
            var unused = intake.accept(value, new Receipt("file", 1, "large.ndjson:1"));
            intake.flush();
        }

        List<ConsumerRecord<byte[], byte[]>> letters = read("large.", Topic.DEAD_LETTERS);

        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).value()).isEqualTo(value);
        assertThat(Headers.text(letters.get(0).headers(), Headers.REASON)).isEqualTo("notJson");
    }

    @Test
    void shouldCountEverythingItTook() {
        createTopics("counted.");
        try (Intake intake = intake("counted.", Timestamps.RECEIVED)) {
            for (int i = 0; i < 1_000; i++) {
                accept(intake, "session s-" + i);
            }
            accept(intake, "skip");
            accept(intake, "{");
            intake.flush();

            assertThat(intake.counts())
                    .isEqualTo(new IntakeCounts(1_000, Map.of("notJson", 1L), Map.of("presence", 1L), 0));
        }
        assertThat(read("counted.", Topic.NOTIFICATIONS)).hasSize(1_000);
    }

    @Test
    void shouldReportThatTheTopicIsMissing() {
        IntakeSettings settings = new IntakeSettings(
                "absent.", 1_000, Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", "500"));
        try (Intake intake = new Intake(settings, FakeKeying::key, Timestamps.RECEIVED)) {
            accept(intake, "session s-1");

            assertThatThrownBy(intake::flush)
                    .isInstanceOf(IntakeException.class)
                    .hasMessageContaining("absent.notifications");
        }
    }

    private static void createTopics(String prefix) {
        try (Admin admin = Brokers.admin(kafka)) {
            Topics.create(admin, prefix, 1, (short) 1, Topics.Variant.FILES);
        }
    }

    private static Intake intake(String prefix, Timestamps timestamps) {
        IntakeSettings settings = IntakeSettings.of(kafka.bootstrapServers()).withPrefix(prefix);
        return new Intake(settings, FakeKeying::key, timestamps);
    }

    private static void accept(Intake intake, String value) {
        var unused = intake.accept(value.getBytes(UTF_8), new Receipt("file", 1, "file:1"));
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String prefix, Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        new TopicReader(kafka.bootstrapServers()).readMerged(topic.name(prefix), read::add);
        return read;
    }
}
