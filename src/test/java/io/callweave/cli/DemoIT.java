package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.local.Signals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 4, unit = TimeUnit.MINUTES) // for what would hang
class DemoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void shouldShowTheSampleCallsFirstThenSimulatedOnesAndStopWhenInterrupted() throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Path calls = directory.resolve("calls.ndjson");
        Process demo = CommandProcess.start(out, err, "demo", "--seed=7", "--calls=" + calls);
        try {
            await().atMost(PATIENCE).until(() -> Files.readAllLines(out).size() >= 6 || !demo.isAlive());

            List<String> lines = Files.readAllLines(out);
            assertThat(demo.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(lines)
                    .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z  (in|out|internal) .* \u2192 .*"));
            assertThat(lines.subList(0, 3))
                    .allMatch(line -> line.startsWith("2020-06-23T"))
                    .anyMatch(line -> line.contains("Caller 1 +15550100002 \u2192 IVR Menu 1")
                            && line.contains("answered by Agent 1 after 16 s")
                            && line.contains("31 s (ring 7 s, talk 12 s, hold 2 s)"));
            assertThat(lines.subList(3, lines.size())).noneMatch(line -> line.startsWith("2020"));
            assertThat(status(told(err, "topology   (\\S+)/health/ready") + "/topology"))
                    .isEqualTo(200);
            assertThat(body(told(err, "topology   (\\S+)/health/ready") + "/metrics"))
                    .as("40 agents, three queues and a menu")
                    .contains("\ncallweave_directory_entries 44.0\n");
            assertThat(status(told(err, "bridge     (\\S+/health/ready)"))).isEqualTo(200);
            assertThat(post(told(err, "webhooks   (\\S+) ")))
                    .as("without a token")
                    .isEqualTo(401);
            assertThat(Files.readAllLines(calls))
                    .hasSizeGreaterThanOrEqualTo(6)
                    .allMatch(line -> line.startsWith("{\""));

            long asked = System.nanoTime();
            Signals.send("INT", demo);
            assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
            System.out.println(
                    "demo stopped after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked) + " ms");
        } finally {
            demo.destroyForcibly();
        }
        assertThat(demo.exitValue()).isEqualTo(Callweave.DONE);
        assertThat(Files.readString(err)).containsPattern("callweave: live \\d+, over \\d+ .*, safe \\d+\\.\n$");
        assertThat(Path.of(told(err, "data       (\\S+), deleted in the end"))).doesNotExist();
    }

    @Test
    void shouldEndByItselfAndKeepItsDataWhereThatIsAsked() throws Exception {
        Path data = directory.resolve("data");

        CommandProcess demo = CommandProcess.run(
                null, "demo", "--for=4s", "--data-dir=" + data, "--seats=2", "--topics-prefix=demo.", "--color=always");

        assertThat(demo.status()).as(demo.err()).isEqualTo(Callweave.DONE);
        assertThat(demo.err()).contains("topics demo. with notifications, ").contains("  data       " + data + "\n");
        assertThat(data.resolve("kafka").resolve("meta.properties")).exists();
    }

    @Test
    void shouldSayWhichPortIsTaken() throws Exception {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            CommandProcess demo = CommandProcess.run(null, "demo", "--kafka-port=" + taken.getLocalPort());

            assertThat(demo.status()).isEqualTo(Callweave.FAILED);
            assertThat(demo.err()).startsWith("callweave: ").contains(Integer.toString(taken.getLocalPort()));
            assertThat(demo.err().lines()).hasSize(1);
        }
    }

    private static String told(Path err, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(err));
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private int status(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private String body(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private int post(String url) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
