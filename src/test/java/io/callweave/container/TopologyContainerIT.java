package io.callweave.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSink;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.TimestampSource;
import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.local.TopicReader;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import io.callweave.topology.CallsFold;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.StreamsOptions;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.calls.AssembledCalls;
import io.callweave.topology.calls.CallTimeouts;
import io.callweave.topology.time.ConsumerProgress;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real topology with two threads on four partitions, and the clocks of broker and system. */
@Tag("full")
class TopologyContainerIT extends KafkaContainerSupport {

    private static final String PREFIX = "topology-it.";
    private static final int PARTITIONS = 4;

    /** Short: what is emitted too early because of that is revised. */
    private static final CallTimeouts TIMING = new CallTimeouts(
            new CompletionTimeouts(
                    Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5)),
            Duration.ofMillis(100),
            CallTimeouts.DEFAULT.lateWindow(),
            CallTimeouts.DEFAULT.markerRetention(),
            CallTimeouts.DEFAULT.liveInterval());

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
                    .atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(
                            () -> assertThat(emitted().records().keySet()).isEqualTo(expected.keySet()));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(4))
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
        IntakeRules rules = IntakeRules.of(PREFIX, 1 << 20).withTimestamps(TimestampSource.RECEIVED);
        List<CompletableFuture<IntakeOutcome>> outcomes = new ArrayList<>();
        try (KafkaSink sink = new KafkaSink(KafkaSinkSettings.of(bootstrapServers()))) {
            Intake intake = new Intake(rules, sink, IntakeListener.NONE, InstantSource.system());
            for (byte[] line : lines) {
                Receipt receipt = new Receipt("test", System.currentTimeMillis(), "samples");
                outcomes.add(intake.accept(Owner.ANYBODY, line, receipt));
            }
            sink.flush();
            assertThat(outcomes).extracting(CompletableFuture::join).containsOnly(IntakeOutcome.PUBLISHED);
        }
    }

    private KafkaStreams streams() {
        ConsumerProgress clients = new ConsumerProgress();
        TopologyConfig config = TopologyKit.config(
                PREFIX,
                PARTITIONS,
                CallRules.DEFAULT,
                TIMING,
                CallLimits.DEFAULT,
                new TopologyConfig.Clock(clients, Duration.ofMillis(100), false),
                TopologyConfig.Listener.NONE);
        return new KafkaStreams(
                CallweaveTopology.build(config),
                StreamsOptions.of(
                        Map.of(
                                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers(),
                                StreamsConfig.APPLICATION_ID_CONFIG,
                                "topology-it",
                                StreamsConfig.STATE_DIR_CONFIG,
                                directory.toString(),
                                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                                2),
                        PARTITIONS),
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
