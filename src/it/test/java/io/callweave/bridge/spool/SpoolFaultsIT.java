package io.callweave.bridge.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.callweave.SkippedTests;
import io.callweave.local.BoundPort;
import io.callweave.local.Brokers;
import io.callweave.local.ChildJvm;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.TopicReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was answered 200 is on the topic afterwards, byte for byte, and what was answered 503 is not, whatever happened:
 * the real command in a process of its own, under load over HTTP. {@code -Dcallweave.test.outage=120} has the broker away for two minutes.
 */
@Tag("full")
class SpoolFaultsIT {

    private static final String PREFIX = "faults.";
    private static final String TOPIC = PREFIX + "notifications";
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("callweave.test.outage", 2));
    private static final int KILLS = 2;
    private static final int A_SECOND = 200;
    private static final int SOME = 100;
    private static final long ROOMY = 1 << 29;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private BoundPort brokerPort;
    private BoundPort httpPort;
    private BoundPort operationsPort;
    private EmbeddedKafka kafka;
    private Process process;

    @BeforeEach
    void start() throws Exception {
        brokerPort = new BoundPort();
        httpPort = new BoundPort();
        operationsPort = new BoundPort();
        startBroker();
        Brokers.createTopic(kafka, TOPIC, 4, Map.of());
        Brokers.createTopic(kafka, PREFIX + "dead-letters", 1, Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        kafka.close();
        brokerPort.close();
        httpPort.close();
        operationsPort.close();
    }

    @Test
    void shouldLoseNothingWhenItIsKilledTwiceWhileTheBrokerIsAway() throws Exception {
        Path spool = directory.resolve("spool");
        startProcess(spool, ROOMY);
        SteadyLoad load = load();
        try (load) {
            awaitMoreKept(load);
            kafka.close();
            for (int i = 0; i < KILLS; i++) {
                Thread.sleep(OUTAGE.toMillis() / KILLS);
                awaitMoreKept(load);
                kill();
                startProcess(spool, ROOMY);
            }
            assertThat(depth()).isPositive();
            startBroker();
            awaitMoreKept(load);
        }
        await().until(() -> depth() == 0);

        assertKeptAndOnlyKept(load.statuses());
        assertThat(load.count(200)).isGreaterThanOrEqualTo((KILLS + 2L) * SOME);
    }

    @Test
    void shouldCutWhatACrashLeavesOfARecordAndKeepTheRest() throws Exception {
        Path spool = directory.resolve("spool");
        kafka.close();
        startProcess(spool, ROOMY);
        SteadyLoad load = load();
        try (load) {
            awaitMoreKept(load);
            kill();
            Path log = newestLog(spool);
            byte[] whole = Files.readAllBytes(log);
            // The beginning of a record that never came to its end.
            Files.write(log, Arrays.copyOf(whole, 100), StandardOpenOption.APPEND);
            startProcess(spool, ROOMY);
            awaitMoreKept(load);
        }
        startBroker();
        await().until(() -> depth() == 0);

        assertKeptAndOnlyKept(load.statuses());
    }

    @Test
    void shouldRefuseWhenTheSpoolIsFullAndNeverHandOverWhatItRefused() throws Exception {
        kafka.close();
        startProcess(directory.resolve("spool"), 1 << 20);
        SteadyLoad load = load();
        try (load) {
            await().until(() -> load.count(503) > 200);
            startBroker();
            await().until(() -> depth() == 0);
            awaitMoreKept(load);
        }
        await().until(() -> depth() == 0);

        assertKeptAndOnlyKept(load.statuses());
        assertThat(load.count(200)).isPositive();
    }

    /** A disk of 24 MiB; needs the right to mount. */
    @Test
    void shouldRefuseWhenTheDiskIsFullAndGoOnWhenItHasRoom() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) == 0;
        if (!mounted) {
            SkippedTests.tell("The test of a full disk is skipped: it can only be had by root, with tmpfs.");
        }
        assumeThat(mounted).as("a file system can be mounted here").isTrue();
        try {
            kafka.close();
            Path spool = disk.resolve("spool");
            startProcess(spool, ROOMY);
            SteadyLoad load = load();
            try (load) {
                awaitMoreKept(load);
                Path filler = disk.resolve("filler");
                fill(filler);
                await().until(() -> load.count(503) > 100);
                kill(); // also with a full disk
                Files.delete(filler);
                startProcess(spool, ROOMY);
                awaitMoreKept(load);
                fill(filler);
                startBroker();
                await().until(() -> depth() == 0);
                Files.delete(filler);
            }
            await().until(() -> depth() == 0);
            assertKeptAndOnlyKept(load.statuses());
        } finally {
            process.destroyForcibly().waitFor();
            run("umount", "-l", disk.toString());
        }
    }

    private void assertKeptAndOnlyKept(Map<String, Integer> statuses) {
        Map<String, Integer> read = new HashMap<>();
        new TopicReader("127.0.0.1:" + brokerPort.number())
                .readMerged(TOPIC, each -> read.merge(new String(each.value(), UTF_8), 1, Integer::sum));
        assertThat(statuses).isNotEmpty();
        assertThat(statuses).containsKeys(read.keySet().toArray(String[]::new));
        long lost = statuses.entrySet().stream()
                .filter(each -> each.getValue() == 200 && !read.containsKey(each.getKey()))
                .count();
        long refusedAndThere = statuses.entrySet().stream()
                .filter(each -> each.getValue() == 503 && read.containsKey(each.getKey()))
                .count();
        long unanswered = statuses.values().stream().filter(each -> each == 0).count();
        long twice = read.values().stream().filter(each -> each > 1).count();
        System.err.printf(
                "%d posted, %d without an answer, %d on the topic, %d of them more than once%n",
                statuses.size(), unanswered, read.size(), twice);
        assertThat(lost).as("answered 200 and not on the topic").isZero();
        assertThat(refusedAndThere).as("answered 503 and on the topic").isZero();
    }

    private SteadyLoad load() {
        return new SteadyLoad(URI.create("http://127.0.0.1:" + httpPort.number() + "/hook"), A_SECOND);
    }

    private static void awaitMoreKept(SteadyLoad load) {
        long before = load.count(200);
        await().until(() -> load.count(200) >= before + SOME);
    }

    private void startBroker() {
        kafka = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(directory.resolve("kafka")).withPort(brokerPort.number()));
    }

    private void startProcess(Path spool, long maxBytes) throws Exception {
        List<String> command = ChildJvm.command("io.callweave.cli.Callweave", "-Xmx256m");
        command.addAll(List.of(
                "bridge",
                "--bootstrap-servers=127.0.0.1:" + brokerPort.number(),
                "--topics-prefix=" + PREFIX,
                "--bridge-port=" + httpPort.number(),
                "--http-port=" + operationsPort.number(),
                "--bridge-accounts=" + SteadyLoad.ACCOUNT + "=/hook",
                "--bridge-spool-dir=" + spool,
                "--bridge-spool-max-bytes=" + maxBytes));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("process.log").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        // Metrics are served before the spool is open.
        await().ignoreExceptions().until(() -> depth() >= 0);
    }

    private void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private long depth() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + operationsPort.number() + "/metrics"))
                .build();
        String metrics =
                client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return metrics.lines()
                .filter(line -> line.startsWith("callweave_bridge_spool_depth "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static void fill(Path file) {
        byte[] some = new byte[1 << 16];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(some);
            }
        } catch (IOException full) {
            // As it is meant to be.
        }
    }

    /** The command's status; -1 if it is not on this machine. */
    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException none) {
            return -1;
        }
    }

    private static Path newestLog(Path spool) throws IOException {
        try (Stream<Path> files = Files.list(spool.resolve("queue"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }
}
