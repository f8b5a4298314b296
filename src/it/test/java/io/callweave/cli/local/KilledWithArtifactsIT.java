package io.callweave.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.CommandProcess;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.telephony.PlatformRecordings.Asked;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.artifact.ArtifactMix;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two bridges and two instances of the topology; one of each is killed while recordings and insights come. */
@Tag("full")
class KilledWithArtifactsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String PREFIX = "t.";
    private static final int ACCOUNTS = 4;

    /** RingCentral keeps no shorter recording. */
    private static final int SHORTEST_S = 30;

    /** A recording is asked for when as long as the call has passed since its end, so only short calls are quick. */
    private static final Duration LONGEST = Duration.ofSeconds(100);

    @TempDir
    private Path folder;

    private final List<String> accounts;
    private final List<Notification> notifications = new ArrayList<>();
    private final Set<String> expected = new TreeSet<>();
    private final List<Process> processes = new ArrayList<>();

    KilledWithArtifactsIT() throws IOException {
        Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(150);
        Traffic traffic = new Traffic(
                new CentreSize(11, ACCOUNTS, 800, begin, Duration.ofMinutes(1), true),
                DeliveryFaults.NONE,
                new ArtifactMix(0.6, 0, 0.1, 60));
        accounts = traffic.accounts();
        List<Notification> all = new ArrayList<>();
        Set<String> sessions = new HashSet<>();
        Set<String> tooShort = new HashSet<>();
        while (traffic.hasNext()) {
            Traffic.Item item = traffic.next();
            if (item.notification() != null) {
                all.add(item.notification());
                JsonNode body = JSON.readTree(item.notification().bytes()).path("body");
                if (body.path("duration").asLong(SHORTEST_S) < SHORTEST_S) {
                    tooShort.add("recording " + body.path("id").asText() + " ");
                }
            }
            for (CallTruth truth : item.told()) {
                JsonNode call = JSON.readTree(truth.json());
                if (call.path("durationMs").asLong() <= LONGEST.toMillis()) {
                    call.path("sessions")
                            .forEach(session -> sessions.add(
                                    session.path("telephonySessionId").asText()));
                    call.path("artifacts").forEach(artifact -> expected.add(name(artifact)));
                }
            }
        }
        expected.removeIf(
                name -> name.startsWith("voicemail") || tooShort.stream().anyMatch(name::startsWith));
        all.removeIf(notification -> !sessions.contains(notification.telephonySessionId()));
        notifications.addAll(all);
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldLoseNoArtifactAndAskForNothingTwiceWithinAMinute() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
                PlatformServer platform = PlatformServer.start(PlatformOptions.of(accounts), Clock.systemUTC())) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                Topics.create(admin, PREFIX, 2, (short) 1, Topics.Variant.STANDARD);
            }
            List<Process> bridges = List.of(bridge(0, kafka, platform), bridge(1, kafka, platform));
            List<Process> topologies = List.of(streams(0, kafka), streams(1, kafka));
            await().atMost(PATIENCE).until(() -> platform.subscriptions() == ACCOUNTS);

            int most = notifications.size() * 19 / 20; // some calls are over
            publish(platform, notifications.subList(0, most));
            await().atMost(PATIENCE).until(() -> !platform.recordings().asked().isEmpty());
            bridges.get(0).destroyForcibly().waitFor();
            topologies.get(0).destroyForcibly().waitFor();
            publish(platform, notifications.subList(most, notifications.size()));
            bridge(0, kafka, platform);
            streams(0, kafka);
            await().atMost(PATIENCE).until(() -> platform.recordings().asked().size() > 8);
            bridges.get(1).destroyForcibly().waitFor();
            topologies.get(1).destroyForcibly().waitFor();

            assertThat(expected).hasSizeGreaterThan(20);
            TopicReader topics = new TopicReader(client, Duration.ofMinutes(2));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(shown(topics)).isEqualTo(expected));
            assertNothingTwiceWithinAMinute(platform.recordings().asked());
        }
    }

    private static void publish(PlatformServer platform, List<Notification> notifications) throws InterruptedException {
        for (Notification notification : notifications) {
            platform.publish(notification);
            Thread.sleep(2); // the pace itself
        }
    }

    /** What the newest records show as ready. */
    private static Set<String> shown(TopicReader topics) {
        Map<String, JsonNode> newest = new TreeMap<>();
        topics.readByPartition(Topic.CALLS.name(PREFIX), read -> {
            try {
                newest.put(new String(read.key(), UTF_8), JSON.readTree(read.value()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Set<String> shown = new TreeSet<>();
        newest.values().stream()
                .filter(call -> !call.path("status").asText().equals("superseded"))
                .forEach(call -> call.path("artifacts").forEach(artifact -> {
                    if (artifact.hasNonNull("readyAt")) {
                        shown.add(name(artifact));
                    }
                }));
        return shown;
    }

    private static String name(JsonNode artifact) {
        return artifact.path("kind").asText() + " " + artifact.path("id").asText() + " of "
                + artifact.path("telephonySessionId").asText();
    }

    private static void assertNothingTwiceWithinAMinute(List<Asked> asked) {
        Map<String, Instant> last = new HashMap<>();
        for (Asked each : asked) {
            Instant before = last.put(each.account() + "/" + each.recording(), each.time());
            if (before != null) {
                assertThat(Duration.between(before, each.time()))
                        .as("%s", each)
                        .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
            }
        }
    }

    private Process bridge(int number, EmbeddedKafka kafka, PlatformServer platform) throws IOException {
        Path file = folder.resolve("accounts");
        Files.write(
                file,
                accounts.stream()
                        .flatMap(id -> List.of("jwt=jwt-", "client-id=client-", "client-secret=secret-").stream()
                                .map(line -> "account." + id + "." + line + id))
                        .toList());
        return start(
                "bridge",
                number,
                kafka,
                "--bridge-accounts-file=" + file,
                "--bridge-port=0",
                "--bridge-spool-dir=" + folder.resolve("spool-" + number),
                "--ringcentral-server=" + platform.address(),
                "--ringcentral-transport=websocket",
                "--ringcentral-artifacts=recording,insights");
    }

    private Process streams(int number, EmbeddedKafka kafka) throws IOException {
        return start(
                "streams",
                number,
                kafka,
                "--set=streams.session.timeout.ms=6000",
                "--set=streams.heartbeat.interval.ms=1000");
    }

    private Process start(String command, int number, EmbeddedKafka kafka, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--topics-prefix=" + PREFIX,
                "--http-port=0",
                "--state-dir=" + folder.resolve(command + "-" + number)));
        arguments.addAll(List.of(more));
        Path log = folder.resolve(command + "-" + number + "-" + processes.size());
        Process process = CommandProcess.start(log, log, arguments.toArray(String[]::new));
        processes.add(process);
        return process;
    }
}
