package io.callweave.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.PlainHttp;
import io.callweave.cli.Callweave;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.deliver.post.Receiver;
import io.callweave.deliver.post.Receiver.Manner;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.demo.CallLine;
import io.callweave.local.Signals;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    private static final String FAR =
            "{\"callId\":\"far\",\"startTime\":\"+1000000000-01-01T00:00:00Z\",\"endTime\":\"+1000000000-01-01T00:00:00Z\"}";
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private static void sendForeignRecords(String bootstrapServers) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new StringSerializer())) {
            for (String topic : List.of("callweave.calls", "callweave.live-calls")) {
                for (String value :
                        List.of("{", "[]", "", "{\"callId\":7,\"parties\":7,\"startTime\":\"never\"}", FAR)) {
                    producer.send(new ProducerRecord<>(topic, "foreign", value)).get();
                }
            }
        }
    }

    @Test
    void shouldShowTheSampleCallsFirstThenSimulatedOnesAndStopWhenInterrupted() throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Path calls = directory.resolve("calls.ndjson");
        Process demo = CommandProcess.start(out, err, "demo", "--seed=7", "--calls=" + calls);
        try {
            await().until(() -> wholeLines(out).size() >= 8 || !demo.isAlive());

            List<String> lines = wholeLines(out);
            assertThat(demo.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(lines.get(0)).matches("\\w+, 2[23] June 2020, .*UTC.*");
            assertThat(lines.subList(1, 4))
                    .allMatch(
                            line -> line.matches("[\\d:]{8}  (inbound|outbound|internal)  +\\d+:\\d\\d  .* \u2192 .*"))
                    .anyMatch(line -> line.endsWith(
                            "  inbound      0:30  Caller 1 +15550100002 \u2192 IVR Menu 1, answered by Agent 1"));
            assertThat(lines.get(4)).matches("\\w+, \\d+ \\w+ 20(?!20)\\d\\d, .*UTC.*");
            assertThat(lines).allMatch(line -> line.length() <= CallLine.WIDTH);
            String topology = told(err, "topology   (\\S+)/ ");
            assertThat(body(topology + "/"))
                    .contains("<a href=\"topology\">/topology</a>", "/health/ready", "/metrics");
            assertThat(status(topology + "/topology")).isEqualTo(200);
            await().untilAsserted(() -> assertThat(body(topology + "/metrics"))
                    .as("200 agents, three queues and a menu")
                    .contains("\ncallweave_directory_entries 204.0\n"));
            String bridge = told(err, "bridge     (\\S+)/ ");
            assertThat(body(bridge + "/")).contains("<a href=\"health/accounts\">/health/accounts</a>");
            assertThat(status(bridge + "/health/ready")).isEqualTo(200);
            assertThat(post(told(err, "webhooks   (\\S+) ")))
                    .as("without a token")
                    .isEqualTo(401);
            sendForeignRecords(told(err, "Kafka      (\\S+), "));
            int shown = wholeLines(out).size();
            await().until(() -> wholeLines(out).size() > shown + 2 || !demo.isAlive());
            assertThat(demo.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(Files.readString(err)).contains("A record is no call and is not shown.");
            await().untilAsserted(() -> assertThat(wholeLines(calls))
                    .hasSizeGreaterThanOrEqualTo(6)
                    .allMatch(line -> line.startsWith("{\"")));

            Signals.send("INT", demo);
            assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            demo.destroyForcibly();
        }
        assertThat(demo.exitValue()).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(err))
                .containsPattern("(?m)^callweave: \\d+ live calls?, \\d+ finished .*, \\d+ accepted\\.$");
        assertThat(Path.of(told(err, "data       (\\S+), deleted in the end"))).doesNotExist();
    }

    @Test
    @Tag("full")
    void shouldEndByItselfAndKeepItsDataWhereThatIsAsked() throws Exception {
        Path data = directory.resolve("data");

        CommandProcess demo = CommandProcess.run(
                null, "demo", "--for=4s", "--data-dir=" + data, "--seats=2", "--topics-prefix=demo.", "--color=always");

        assertThat(demo.status()).as(demo.err()).isEqualTo(ExitStatus.DONE);
        assertThat(demo.err()).contains("topics demo.calls, ").contains("  data       " + data + "\n");
        assertThat(data.resolve("kafka").resolve("meta.properties")).exists();
        // Not that of a streams which somebody starts beside it.
        assertThat(data.resolve("state").resolve("callweave-demo")).isDirectory();
    }

    @Test
    @Tag("full")
    void shouldPostCallsWithTheSecretOfItsDirectoryAndTellOfRefusals() throws Exception {
        String secret = SecretSource.generate();
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("webhook-secret"), secret);
        Path err = directory.resolve("err");
        try (Receiver receiver = new Receiver(secret)) {
            String endpoint = receiver.endpoint("calls", Manner.ERROR, Manner.ERROR, Manner.ERROR, Manner.OK);
            Process demo = CommandProcess.start(
                    directory.resolve("out"),
                    err,
                    "demo",
                    "--seats=20",
                    "--data-dir=" + data,
                    "--deliver-retry-delays=500ms",
                    "--post-to=" + endpoint);
            try {
                String shown = endpoint.replace("/calls", "");
                await().until(() -> Files.readString(err).contains(shown + " takes calls again.") || !demo.isAlive());

                assertThat(Files.readString(err))
                        .containsPattern(shown + " answers 500; \\d+ calls? waits?\\.")
                        .doesNotContain(secret);
                assertThat(receiver.posts("calls")).isNotEmpty().allMatch(Receiver.Post::verified);
            } finally {
                demo.destroyForcibly();
            }
        }
    }

    @Test
    @Tag("full")
    void shouldSayWhichPortIsTaken() throws Exception {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            StringWriter err = new StringWriter();

            int status = Callweave.commandLine()
                    .setErr(new PrintWriter(err, true))
                    .execute("demo", "--kafka-port=" + taken.getLocalPort());

            assertThat(status).isEqualTo(ExitStatus.FAILED);
            assertThat(err.toString()).startsWith("callweave: ").contains(Integer.toString(taken.getLocalPort()));
            assertThat(err.toString().lines()).hasSize(1);
        }
    }

    /** The last one may be on its way. */
    private static List<String> wholeLines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static String told(Path err, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(err));
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private int status(String url) throws IOException, InterruptedException {
        return PlainHttp.get(url).statusCode();
    }

    private String body(String url) throws IOException, InterruptedException {
        return PlainHttp.get(url).body();
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
