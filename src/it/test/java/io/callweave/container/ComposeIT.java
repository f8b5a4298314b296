package io.callweave.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.local.Signals;
import io.callweave.testcalls.Truth;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topology.CallsFold;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docker-compose.yml as people use it: up, calls out of a simulated contact centre, a crash, down. It needs root on the machine of
 * Docker's daemon, because it kills a process there, and the images that src/it/docker/images.sh builds.
 */
@Tag("programs")
class ComposeIT {

    private static final String PROJECT = "callweave-it";
    private static final Path FILE = Path.of("docker-compose.yml").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "callweave.";
    private static final String TOKEN = "t".repeat(32);

    private final int kafkaPort = freePort();
    private final int prometheusPort = freePort();
    private final int consolePort = freePort();
    private final Map<String, String> variables = Map.ofEntries(
            Map.entry("KAFKA_IMAGE", ContainerTools.KAFKA_IMAGE),
            Map.entry("SERVICE_IMAGE", ContainerTools.SERVICE_IMAGE),
            Map.entry("TOOLS_IMAGE", ContainerTools.TOOLS_IMAGE),
            Map.entry("PROMETHEUS_IMAGE", ContainerTools.PROMETHEUS_IMAGE),
            Map.entry("KAFKA_PORT", Integer.toString(kafkaPort)),
            Map.entry("PROMETHEUS_PORT", Integer.toString(prometheusPort)),
            Map.entry("COMPOSE_PROFILES", "console"),
            Map.entry("CONSOLE_TOKENS", TOKEN + "=*"),
            Map.entry("CONSOLE_PORT", Integer.toString(consolePort)),
            Map.entry("BRIDGE_PORT", Integer.toString(freePort())),
            // Half an hour of the busiest time, in some ninety seconds.
            Map.entry("SIMULATED_FROM", "2026-03-02T10:00:00Z"),
            Map.entry("SIMULATED_TIME", "30m"),
            Map.entry("SIMULATED_SPEED", "20"),
            Map.entry("COMPLETION_LINGER", "1s"),
            Map.entry("COMPLETION_PEER_WAIT", "2s"),
            Map.entry("COMPLETION_OPEN_PARTY_WAIT", "3s"));

    @TempDir
    private Path directory;

    private boolean started;

    @BeforeEach
    void requireCompose() throws Exception {
        ContainerTools.require(
                ContainerTools.KAFKA_IMAGE,
                ContainerTools.SERVICE_IMAGE,
                ContainerTools.TOOLS_IMAGE,
                ContainerTools.PROMETHEUS_IMAGE);
        ContainerTools.requireCompose();
    }

    @AfterEach
    void tidyUp() throws Exception {
        // A test that was skipped because Docker is away must not ask Docker.
        if (started && !containers().isEmpty()) {
            System.out.println(compose("logs", "--no-color", "--tail=40").output());
            compose("down", "-v", "--timeout", "5");
        }
    }

    @Test
    void shouldMakeTheCallsThatReallyWereDespiteACrash() throws Exception {
        started = true;
        ContainerTools.Result up = compose("up", "-d");
        assertThat(up.status()).as(up.output()).isZero();
        soon().until(() -> records(Topic.CALLS).size() > 20);

        crash("streams-1");
        soon().untilAsserted(() -> assertThat(
                        state("streams-1").path("Health").path("Status").asText())
                .isEqualTo("healthy"));
        soon().untilAsserted(() ->
                assertThat(state("contact-centre").path("Status").asText()).isEqualTo("exited"));

        assertThat(inspect("streams-1").path("RestartCount").asInt()).isPositive();
        assertThat(state("contact-centre").path("ExitCode").asInt())
                .as(compose("logs", "contact-centre").output())
                .isZero();
        Path told = directory.resolve("truth.ndjson");
        docker("cp", id("contact-centre") + ":/var/lib/callweave/truth.ndjson", told.toString());
        Truth truth = Truth.of(Files.readAllLines(told));
        assertThat(truth.size()).isGreaterThan(50);
        soon().untilAsserted(() -> {
            // Fails at once where a revision is there twice, or left out.
            CallsFold fold = CallsFold.of(records(Topic.CALLS));
            assertThat(truth.differences(fold.records().values())).isEmpty();
            assertThat(fold.sessionsCountedTwice()).isEmpty();
        });
        assertThat(records(Topic.DEAD_LETTERS)).isEmpty();
        soon().untilAsserted(() -> assertThat(targetsUp())
                .contains("bridge:8080", "streams-1:8080", "streams-2:8080")
                .hasSize(4));
        assertThat(state("console").path("Health").path("Status").asText()).isEqualTo("healthy");
        soon().untilAsserted(() -> assertThat(callsInTheConsole()).isEqualTo(truth.size()));
        System.out.println("Compose: " + truth.size() + " calls as they really were, "
                + records(Topic.NOTIFICATIONS).size() + " notifications, one crash");

        long begin = System.nanoTime();
        docker("stop", "--time=60", id("streams-2"));
        System.out.println("Compose: SIGTERM ended streams-2 in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        assertThat(state("streams-2").path("ExitCode").asInt()).isZero();
        // Sooner than its session times out.
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(members())
                        .as("it left the group, and did not just stop to answer")
                        .isEqualTo(1));

        ContainerTools.Result down = compose("down", "-v");

        assertThat(down.status()).as(down.output()).isZero();
        assertThat(containers()).isEmpty();
        assertThat(leftOver("network")).isEmpty();
        assertThat(leftOver("volume")).isEmpty();
    }

    /** As if the machine had killed it: Docker itself would take its own kill for a wish, and not start it again. */
    private void crash(String service) throws Exception {
        Signals.send("KILL", state(service).path("Pid").asLong());
        soon().until(() -> inspect(service).path("RestartCount").asInt() > 0);
    }

    private List<String> records(Topic topic) {
        List<String> values = new ArrayList<>();
        new TopicReader("localhost:" + kafkaPort)
                .readMerged(topic.name(PREFIX), read -> values.add(new String(read.value(), UTF_8)));
        return values;
    }

    /** How many instances share the work; one that is killed counts until its session times out. */
    private int members() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + kafkaPort))) {
            return admin.describeConsumerGroups(List.of("callweave"))
                    .describedGroups()
                    .get("callweave")
                    .get()
                    .members()
                    .size();
        }
    }

    private int callsInTheConsole() throws Exception {
        HttpRequest asked = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + consolePort + "/v1/calls/statistics"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString("{}"))
                .build();
        String answer =
                HttpClient.newHttpClient().send(asked, BodyHandlers.ofString()).body();
        return JSON.readTree(answer).path("calls").asInt(-1);
    }

    private List<String> targetsUp() throws Exception {
        URI targets = URI.create("http://localhost:" + prometheusPort + "/api/v1/targets?state=active");
        String body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(targets).build(), BodyHandlers.ofString())
                .body();
        JsonNode active = JSON.readTree(body).at("/data/activeTargets");
        return StreamSupport.stream(active.spliterator(), false)
                .filter(target -> target.path("health").asText().equals("up"))
                .map(target -> target.path("labels").path("instance").asText())
                .sorted()
                .toList();
    }

    private JsonNode state(String service) throws Exception {
        return inspect(service).path("State");
    }

    private JsonNode inspect(String service) throws Exception {
        return JSON.readTree(docker("inspect", id(service))).path(0);
    }

    private static String id(String service) throws Exception {
        return docker(
                        "ps",
                        "-aq",
                        "--filter=label=com.docker.compose.project=" + PROJECT,
                        "--filter=label=com.docker.compose.service=" + service)
                .strip();
    }

    private static String containers() throws Exception {
        return docker("ps", "-aq", "--filter=label=com.docker.compose.project=" + PROJECT);
    }

    private static String leftOver(String kind) throws Exception {
        return docker(kind, "ls", "-q", "--filter=label=com.docker.compose.project=" + PROJECT);
    }

    private static String docker(String... arguments) throws Exception {
        return ContainerTools.docker(arguments);
    }

    private ContainerTools.Result compose(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-p", PROJECT, "-f", FILE.toString()));
        all.addAll(List.of(arguments));
        return ContainerTools.compose(variables, all);
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofMinutes(6)).pollInterval(Duration.ofSeconds(2));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
