package io.callweave.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topology.CallsFold;
import io.callweave.topology.calls.AssembledCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path with the product as people run it: each command a process of its own, from the jar, against Kafka in a
 * container. Webhooks over HTTP, the bridge, topics, the topology, calls as a consumer reads them.
 */
@Tag("full")
class ProductContainerIT extends KafkaContainerSupport {

    private static final String PREFIX = "product-it.";
    private static final Path SAMPLES = Path.of("src/tools/main/resources/bench/calls.ndjson");
    private static final String ACCOUNT = "809646016";

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatStillRuns() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldMakeCallsOutOfWebhooks() throws Exception {
        List<byte[]> lines = Files.readAllLines(SAMPLES).stream()
                .map(line -> line.getBytes(UTF_8))
                .toList();
        Process create = start("create", "topics", "create", "--partitions=4");
        assertThat(end(create)).as(said("create")).isZero();
        Process bridge = start(
                "bridge",
                "bridge",
                "--bridge-port=0",
                "--http-port=0",
                "--bridge-spool-dir=" + directory.resolve("spool"),
                "--state-dir=" + directory.resolve("bridge-state"),
                "--bridge-accounts=" + ACCOUNT,
                "--bridge-account-tokens=" + ACCOUNT + "=secret");
        Process streams = start(
                "streams",
                "streams",
                "--http-port=0",
                "--application-id=product-it",
                "--state-dir=" + directory.resolve("state"),
                "--completion-linger=1s",
                "--completion-open-party-wait=2s");
        String webhooks = told("bridge", "taken at (\\S+)");
        awaitReady(told("streams", "(http://[\\d.:]+)/health/ready"));

        Process replay = start(
                "replay", "replay", SAMPLES.toString(), "--url=" + webhooks + "/webhooks/" + ACCOUNT, "--token=secret");

        assertThat(end(replay)).as(said("replay")).isZero();
        assertThat(said("replay")).contains("29 notifications replayed").contains("answers: 200 29; 29 taken.");
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .untilAsserted(() ->
                        assertThat(CallsFold.of(read(Topic.CALLS)).records()).isEqualTo(AssembledCalls.ofLines(lines)));
        assertThat(read(Topic.NOTIFICATIONS)).hasSameSizeAs(lines);
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(read(Topic.PARTY_EVENTS)).hasSameSizeAs(lines));
        assertThat(read(Topic.DEAD_LETTERS)).isEmpty();
        bridge.destroy();
        streams.destroy();
        assertThat(end(bridge)).as(said("bridge")).isZero();
        assertThat(end(streams)).as(said("streams")).isZero();
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.callweave.cli.Callweave"));
        command.addAll(List.of(arguments));
        if (!name.equals("replay")) {
            command.add("--bootstrap-servers=" + bootstrapServers());
            command.add("--topics-prefix=" + PREFIX);
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .redirectError(directory.resolve(name + ".err").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("CALLWEAVE_"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private String said(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".err"));
    }

    private String told(String name, String pattern) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .until(() -> Pattern.compile(pattern).matcher(said(name)), Matcher::find)
                .group(1);
    }

    private static void awaitReady(String address) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/health/ready")).build();
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .until(() -> HttpClient.newHttpClient()
                                .send(request, BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    /** Committed records only. */
    private static List<String> read(Topic topic) {
        List<String> values = new ArrayList<>();
        new TopicReader(bootstrapServers())
                .<RuntimeException>readByPartition(
                        topic.name(PREFIX), read -> values.add(new String(read.value(), UTF_8)));
        return values;
    }
}
