package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.PlainHttp;
import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSink;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.TimestampSource;
import io.callweave.cli.RoleProcess;
import io.callweave.feedgap.FeedGap;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.StreamsRole;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.Settings;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsAppIT {

    /** In milliseconds since the epoch. */
    private static final long FAR_AWAY = 10_000_000_000_000L;

    /** Of a member that does not leave. */
    private static final String LONG_SESSION_MS = "300000";

    /** Shorter than that. */
    private static final Duration LEFT = Duration.ofMinutes(4);

    /** After a kill the broker waits for so long. */
    private static final Map<String, String> SHORT_SESSION =
            Map.of("streams.session.timeout.ms", "6000", "streams.heartbeat.interval.ms", "1000");

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka"))
                .withOverrides(Map.of(
                        "group.streams.max.session.timeout.ms", LONG_SESSION_MS,
                        "group.streams.session.timeout.ms", LONG_SESSION_MS)));
        admin = Brokers.admin(kafka);
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void shouldEmitCallsShowHowItIsAndLeaveTheGroup() throws Exception {
        emitsCallsShowsHowItIsAndLeavesTheGroup("classic");
    }

    @Test
    @Tag("full")
    void shouldDoTheSameWithTheProtocolOfStreams() throws Exception {
        emitsCallsShowsHowItIsAndLeavesTheGroup("streams");
    }

    private void emitsCallsShowsHowItIsAndLeavesTheGroup(String protocol) throws Exception {
        String name = "calls-" + protocol;
        createTopics(name);
        PhoneCall first = call().inbound("+15550100002").answeredBy("104").hangUp();
        PhoneCall second =
                call().seeded(2).inbound("+15550100002").answeredBy("105").hangUp();

        try (StreamsRole app = StreamsRole.start(settings(name, protocol))) {
            await().until(() -> get(app, "/health/ready").statusCode() == 200);
            await().untilAsserted(() -> assertThat(new ObjectMapper()
                            .readTree(get(app, "/health/live").body())
                            .path("state")
                            .asText())
                    .isEqualTo("RUNNING"));
            takeIn(name, first.lines());
            takeIn(name, first.lines());
            takeIn(name, List.of("{}"));
            await().until(() -> callsOf(name).size() == 1);

            int events = first.lines().size();
            await().untilAsserted(() -> assertThat(get(app, "/metrics").body().lines())
                    .contains(
                            "callweave_notifications_read_total " + 2.0 * events,
                            "callweave_party_events_duplicate_total " + 1.0 * events,
                            "callweave_calls_emitted_total{completion_reason=\"over\",status=\"complete\"} 1.0",
                            "callweave_emission_latency_seconds_count{completion_reason=\"over\"} 1")
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"))
                    .anyMatch(line -> line.startsWith("kafka_stream_thread_process_total")));
            await().until(() -> get(app, "/metrics")
                    .body()
                    .lines()
                    .anyMatch(line -> line.matches("callweave_clock_lag_seconds\\{partition=\"1\"} \\d.*")));
            assertThat(get(app, "/metrics").body()).doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}-");
            assertThatThrownBy(() -> StreamsRole.start(settings(name, protocol)))
                    .isInstanceOf(OperationsException.class)
                    .hasMessageStartingWith("state.dir is ")
                    .hasMessageContaining("which another process with the same application.id (" + name + ") uses");
            assertThat(get(app, "/topology").body()).contains("Topologies:", "routed", name + ".calls");
        }
        awaitNoMembers(name, protocol);

        try (StreamsRole again = StreamsRole.start(settings(name, protocol))) {
            await().until(() -> again.state() == KafkaStreams.State.RUNNING);
            // One is missing: the call is emitted when it has waited, and time runs on though nothing comes any more.
            takeIn(name, allBut(2, second.lines()));
            await().until(() -> callsOf(name).size() == 2);
            await().untilAsserted(() -> assertThat(get(again, "/metrics").body().lines())
                    .contains("callweave_calls_emitted_total{completion_reason=\"linger\",status=\"partial\"} 1.0"));
        }
    }

    /** What it has to read is there before it starts, of more accounts than there are partitions. */
    @Test
    @Tag("full")
    void shouldEmitAllCallsAtItsFirstStartWithTheProtocolOfStreams() {
        String name = "first";
        Topics.create(admin, TopicPlan.withPrefix(name + "."), 1, (short) 1);
        String account = numbered(1).account().id();
        for (int number = 1; number <= 12; number++) {
            String own = Integer.toString(Integer.parseInt(account) + number);
            takeIn(
                    name,
                    numbered(number).lines().stream()
                            .map(line -> line.replace(account, own))
                            .toList());
        }

        try (StreamsRole app = StreamsRole.start(settings(name, "streams"))) {
            await().until(() -> callsOf(name).size() == 12);
            assertThat(app.state()).isEqualTo(KafkaStreams.State.RUNNING);
        }
        assertThat(callsOf(name)).hasSize(12).allMatch(call -> call.contains("\"status\":\"complete\""));
    }

    @Test
    void shouldGoOnWhereItWasAfterItWasKilled() {
        String name = "killed";
        createTopics(name);
        PhoneCall finished = call().inbound("+15550100002").answeredBy("104").hangUp();
        List<String> lines = finished.lines();
        StreamsRole killed = StreamsRole.start(settings(name, "classic", SHORT_SESSION));
        takeIn(name, lines.subList(0, lines.size() - 1));
        await().until(() -> killed.state() == KafkaStreams.State.RUNNING);
        killed.kill();
        Map<String, String> again = new HashMap<>(SHORT_SESSION);
        again.put("state.dir", directory + "/killed-again");

        try (StreamsRole app = StreamsRole.start(settings(name, "classic", again))) {
            takeIn(name, lines.subList(lines.size() - 1, lines.size()));
            await().until(() -> callsOf(name).size() == 1);
            await().until(() -> app.state() == KafkaStreams.State.RUNNING);
        }

        assertThat(callsOf(name).get(0)).contains("\"status\":\"complete\"");
    }

    @Test
    @Tag("full")
    void shouldStopCleanlyWhenItIsToldToAndLogAsJson() throws Exception {
        String name = "told";
        createTopics(name);

        try (RoleProcess process = RoleProcess.start(
                "streams",
                directory.resolve("told.log"),
                Map.of(),
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--application-id=" + name,
                "--topics-prefix=" + name + ".",
                "--state-dir=" + directory.resolve("state-told"),
                "--set=streams.session.timeout.ms=" + LONG_SESSION_MS,
                "--http-port=0")) {
            String address = process.address();
            await().until(() -> PlainHttp.get(address + "/health/ready").statusCode() == 200);

            int status = process.terminate();

            assertThat(status).isZero();
            assertThat(process.logLines()).isNotEmpty().allSatisfy(line -> {
                JsonNode logged = new ObjectMapper().readTree(line);
                assertThat(logged.path("loggerName").asText()).isNotEmpty();
                // Of state below /tmp, as it is here; a first start warns of nothing else.
                if (!logged.path("level").asText().equals("INFO")) {
                    assertThat(logged.path("loggerName").asText()).endsWith(".StateDirectory");
                }
            });
        }
        awaitNoMembers(name, "classic");
    }

    @Test
    @Tag("full")
    void shouldEndAsFailedAndNotAliveWhenItsTopicIsGone() throws Exception {
        String name = "lost";
        createTopics(name);

        try (StreamsRole app =
                StreamsRole.start(settings(name, "classic", Map.of("streams.metadata.max.age.ms", "1000")))) {
            await().until(() -> app.state() == KafkaStreams.State.RUNNING);
            admin.deleteTopics(List.of(name + ".notifications")).all().get();

            boolean closed = app.await();

            assertThat(closed).isFalse();
            assertThat(get(app, "/health/live").statusCode()).isEqualTo(503);
            await().untilAsserted(() ->
                    assertThat(get(app, "/metrics").body()).contains("callweave_threads_failed_total 1.0"));
        }
    }

    @Test
    void shouldRefuseToStartWithoutItsTopics() {
        assertThatThrownBy(() -> StreamsRole.start(settings("absent", "classic")))
                .isInstanceOf(OperationsException.class)
                .hasMessageStartingWith("Missing on " + kafka.bootstrapServers() + ": absent.notifications, ")
                .hasMessageEndingWith("to make them: callweave topics create --bootstrap-servers="
                        + kafka.bootstrapServers() + " --topics-prefix=absent.");
    }

    @Test
    void shouldRefuseToStartAtAnAddressThatIsTaken() {
        String name = "taken";
        createTopics(name);
        Map<String, String> sameAddress = Map.of("http.port", Integer.toString(kafka.port()));

        assertThatThrownBy(() -> StreamsRole.start(settings(name, "classic", sameAddress)))
                .isInstanceOf(OperationsException.class)
                .hasMessageStartingWith("Health and metrics cannot be served at 127.0.0.1:" + kafka.port());
    }

    /** A gap becomes known while it runs, and the next start reads it from the topic. */
    @Test
    @Tag("full")
    void shouldMarkCallsThatOverlapAGap() throws Exception {
        String name = "gaps";
        createTopics(name);
        PhoneCall first = numbered(1);
        String account = first.notifications().get(0).account();
        AtomicInteger number = new AtomicInteger(1);

        try (StreamsRole app = StreamsRole.start(settings(name, "classic"))) {
            takeIn(name, first.lines());
            await().until(() -> callsOf(name).size() == 1);
            assertThat(feedGaps(name)).containsOnly("none");
            announce(name, new FeedGap(account, "websocket", 0, FAR_AWAY, FeedGap.Reason.NO_RECOVERY));
            await().until(() -> {
                takeIn(name, numbered(number.incrementAndGet()).lines());
                return feedGaps(name).contains(account + "/1970-01-01T00:00:00.000Z");
            });
            assertThat(get(app, "/metrics").body()).contains("callweave_calls_feed_gap_total");
        }
        long marked = marked(name);
        try (StreamsRole again = StreamsRole.start(settings(name, "classic"))) {
            takeIn(name, numbered(number.incrementAndGet()).lines());

            await().until(() -> marked(name) > marked);
            // One of its threads can process while another one still gets its partitions.
            await().until(() -> again.state() == KafkaStreams.State.RUNNING);
        }
    }

    private static PhoneCall numbered(int number) {
        return call().seeded(number).inbound("+15550100002").answeredBy("104").hangUp();
    }

    private static void announce(String name, FeedGap gap) throws Exception {
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            producer.send(new ProducerRecord<>(
                            Topic.FEED_GAPS.name(name + "."), FeedGapJson.key(gap), FeedGapJson.write(gap)))
                    .get();
        }
    }

    /** The header of each record on {@code calls}. */
    private static List<String> feedGaps(String name) {
        List<String> gaps = new ArrayList<>();
        new TopicReader(kafka.bootstrapServers()).readMerged(Topic.CALLS.name(name + "."), call -> {
            String gap = Headers.text(call.headers(), Headers.FEED_GAP);
            gaps.add(gap == null ? "none" : gap);
        });
        return gaps;
    }

    private static long marked(String name) {
        return feedGaps(name).stream().filter(gap -> !gap.equals("none")).count();
    }

    private static List<String> allBut(int index, List<String> lines) {
        List<String> rest = new ArrayList<>(lines);
        rest.remove(index);
        return rest;
    }

    private static void createTopics(String name) {
        Topics.create(admin, TopicPlan.withPrefix(name + "."), 2, (short) 1);
    }

    private static Settings settings(String name, String protocol) {
        return settings(name, protocol, Map.of());
    }

    private static Settings settings(String name, String protocol, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("application.id", name);
        settings.put("topics.prefix", name + ".");
        settings.put("state.dir", directory.resolve("state-" + name).toString());
        settings.put("http.port", "0");
        settings.put("completion.linger", "1s");
        settings.put("streams.group.protocol", protocol);
        if (protocol.equals("classic")) {
            settings.put("streams.session.timeout.ms", LONG_SESSION_MS);
        }
        settings.putAll(more);
        return Settings.load(settings, Map.of(), Optional.empty());
    }

    private static void takeIn(String name, List<String> lines) {
        IntakeRules rules = IntakeRules.of(name + ".", 1 << 20).withTimestamps(TimestampSource.RECEIVED);
        try (KafkaSink sink = new KafkaSink(KafkaSinkSettings.of(kafka.bootstrapServers()))) {
            Intake intake = new Intake(rules, sink, IntakeListener.NONE, InstantSource.system());
            for (String line : lines) {
                var unused = intake.accept(Owner.ANYBODY, line.getBytes(UTF_8), new Receipt("test", 1, "test:1"));
            }
            sink.flush();
        }
    }

    private static List<String> callsOf(String name) {
        List<String> calls = new ArrayList<>();
        new TopicReader(kafka.bootstrapServers())
                .readMerged(Topic.CALLS.name(name + "."), call -> calls.add(new String(call.value(), UTF_8)));
        return calls;
    }

    /** Sooner than a member's session times out, so it has left. */
    private static void awaitNoMembers(String name, String protocol) {
        await().atMost(LEFT).untilAsserted(() -> {
            if (protocol.equals("streams")) {
                var group =
                        admin.describeStreamsGroups(List.of(name)).all().get().get(name);
                assertThat(group.members()).isEmpty();
            } else {
                var group =
                        admin.describeConsumerGroups(List.of(name)).all().get().get(name);
                assertThat(group.groupState()).isEqualTo(GroupState.EMPTY);
                assertThat(group.members()).isEmpty();
            }
        });
    }

    private HttpResponse<String> get(StreamsRole app, String path) throws Exception {
        return PlainHttp.get(app.httpAddress() + path);
    }
}
