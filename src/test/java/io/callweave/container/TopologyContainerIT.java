package io.callweave.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeSettings;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.Timestamps;
import io.callweave.call.CallRules;
import io.callweave.call.Waits;
import io.callweave.local.TopicReader;
import io.callweave.notification.NotificationKeyer;
import io.callweave.topology.AssembledCalls;
import io.callweave.topology.CallsFold;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.ConsumerReadAhead;
import io.callweave.topology.Limits;
import io.callweave.topology.StreamsOptions;
import io.callweave.topology.Timing;
import io.callweave.topology.Topic;
import io.callweave.topology.Topics;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.TopologyKit;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real topology with two threads on four partitions, and the clocks of broker and system. */
class TopologyContainerIT extends KafkaContainerSupport {

    private static final String PREFIX = "topology-it.";
    private static final int PARTITIONS = 4;

    /** Short: what is emitted too early because of that is revised. */
    private static final Timing TIMING = new Timing(
            new Waits(500, 1_000, 2_000, 5_000),
            100,
            Timing.DEFAULT.lateWindow(),
            Timing.DEFAULT.markerRetention(),
            Timing.DEFAULT.liveInterval());

    private static final List<String> SAMPLES = List.of(
            "real/csn-pstn-to-rc-ivr.ndjson",
            "real/csn-rc-to-pstn.ndjson",
            "real/csn-rc-to-rc.ndjson",
            "acceptance/kinds.ndjson");

    @TempDir
    private Path directory;

    @Test
    void shouldComeToTheExpectedCallsFromABacklogAndFromWhatComesThen() throws Exception {
        List<byte[]> lines = lines();
        SortedMap<String, String> expected = AssembledCalls.ofLines(lines);
        createTopics();
        takeIn(lines.subList(0, lines.size() / 2));

        try (KafkaStreams streams = streams()) {
            streams.start();
            takeIn(lines.subList(lines.size() / 2, lines.size()));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(
                            () -> assertThat(emitted().records().keySet()).isEqualTo(expected.keySet()));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(emitted().records()).isEqualTo(expected));
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(Duration.ofSeconds(30)));
        }

        assertThat(emitted().records()).isEqualTo(expected);
        assertThat(emitted().sessionsCountedTwice()).isEmpty();
        assertThat(read(Topic.DEAD_LETTERS)).isEmpty();
        assertThat(read(Topic.NOTIFICATIONS)).hasSameSizeAs(lines);
    }

    private static void createTopics() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            Topics.create(admin, PREFIX, PARTITIONS, (short) 1, Topics.Variant.STANDARD);
        }
    }

    private static void takeIn(List<byte[]> lines) {
        try (Intake intake = new Intake(
                IntakeSettings.of(bootstrapServers()).withPrefix(PREFIX),
                new NotificationKeyer()::key,
                Timestamps.RECEIVED)) {
            for (byte[] line : lines) {
                var unused = intake.accept(line, new Receipt("test", System.currentTimeMillis(), "samples"));
            }
            intake.flush();
            assertThat(intake.counts().published()).isEqualTo(lines.size());
        }
    }

    private KafkaStreams streams() {
        ConsumerReadAhead clients = new ConsumerReadAhead();
        TopologyConfig config = TopologyKit.config(
                PREFIX,
                PARTITIONS,
                CallRules.DEFAULT,
                TIMING,
                Limits.DEFAULT,
                new TopologyConfig.Clock(clients, Duration.ofMillis(100), false),
                TopologyConfig.Listener.NONE);
        return new KafkaStreams(
                CallweaveTopology.build(config),
                StreamsOptions.of(Map.of(
                        StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers(),
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        "topology-it",
                        StreamsConfig.STATE_DIR_CONFIG,
                        directory.toString(),
                        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                        2)),
                clients);
    }

    private static CallsFold emitted() {
        return CallsFold.of(read(Topic.CALLS));
    }

    /** Committed records only. */
    private static List<String> read(Topic topic) {
        List<String> values = new ArrayList<>();
        new TopicReader(bootstrapServers())
                .<RuntimeException>readByPartition(
                        topic.name(PREFIX), read -> values.add(new String(read.value(), UTF_8)));
        return values;
    }

    private static List<byte[]> lines() throws IOException, URISyntaxException {
        List<byte[]> lines = new ArrayList<>();
        for (String sample : SAMPLES) {
            Path file = Path.of(Objects.requireNonNull(TopologyContainerIT.class.getResource("/" + sample), sample)
                    .toURI());
            Files.readAllLines(file).forEach(line -> lines.add(line.getBytes(UTF_8)));
        }
        return lines;
    }
}
