package io.callweave.cli.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.callweave.cli.Callweave;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.local.Signals;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {

    private static final List<Path> SAMPLES = List.of(
            Path.of("src/samples/real/csn-pstn-to-rc-ivr.ndjson"), Path.of("src/samples/real/csn-rc-to-rc.ndjson"));

    private static final String TAKEN_UNDER = "replay-it.";

    @TempDir
    private static Path data;

    @TempDir
    private Path directory;

    private static EmbeddedKafka kafka;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(data));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldReplayFilesToATopicAndThatToAnotherOneWithItsTimes() throws IOException {
        String servers = "--bootstrap-servers=" + kafka.bootstrapServers();
        String[] files = SAMPLES.stream().map(Path::toString).toArray(String[]::new);

        assertThat(replay(files, servers, "--to-prefix=" + TAKEN_UNDER, "--recorded-time", "--partitions=2"))
                .as("%s", err)
                .isEqualTo(ExitStatus.DONE);
        List<ConsumerRecord<byte[], byte[]>> first = read(kafka, TAKEN_UNDER);
        assertThat(err.toString())
                .contains(Topic.values().length + " topics made")
                .contains("20 notifications replayed");
        assertThat(values(first)).containsExactlyInAnyOrderElementsOf(sampleLines());
        assertThat(first)
                .allSatisfy(record -> assertThat(Headers.text(record.headers(), Headers.TRANSPORT))
                        .isEqualTo("replay"))
                .extracting(ConsumerRecord::timestamp)
                .contains(java.time.Instant.parse("2020-06-23T01:05:44.013Z").toEpochMilli());

        String[] nothing = {};
        String from = "--from-topic=" + Topic.NOTIFICATIONS.name(TAKEN_UNDER);
        assertThat(replay(nothing, from, servers, "--to-prefix=again.", "--recorded-time"))
                .as("%s", err)
                .isEqualTo(ExitStatus.DONE);
        List<ConsumerRecord<byte[], byte[]>> second = read(kafka, "again.");
        assertThat(values(second)).containsExactlyInAnyOrderElementsOf(sampleLines());
        assertThat(second.stream().map(ConsumerRecord::timestamp))
                .containsExactlyElementsOf(
                        first.stream().map(ConsumerRecord::timestamp).toList());

        assertThat(replay(nothing, from, servers, "--to-prefix=again.")).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString()).contains("again.notifications has notifications already");
        assertThat(replay(nothing, from, servers, "--to-prefix=again.", "--even-if-used"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(read(kafka, "again.")).hasSize(40);
        assertThat(replay(nothing, from, servers, "--to-prefix=" + TAKEN_UNDER))
                .as("to itself")
                .isEqualTo(ExitStatus.WRONG_USAGE);
    }

    @Test
    @Tag("full")
    void shouldMaskFilesAndNotTwiceWhatIsOnATopic() throws IOException {
        String servers = "--bootstrap-servers=" + kafka.bootstrapServers();
        String hash = "--bridge-privacy=hash";
        String key = "--bridge-privacy-key=a key for tests only";
        String[] files = SAMPLES.stream().map(Path::toString).toArray(String[]::new);

        assertThat(replay(files, servers, "--to-prefix=hashed.", hash, key))
                .as("%s", err)
                .isEqualTo(ExitStatus.DONE);
        List<ConsumerRecord<byte[], byte[]>> first = read(kafka, "hashed.");
        assertThat(values(first))
                .hasSize(20)
                .anyMatch(value -> value.contains("\"+h-"))
                .noneMatch(value -> value.contains("+155501") || value.contains("Agent"));

        String[] nothing = {};
        String from = "--from-topic=" + Topic.NOTIFICATIONS.name("hashed.");
        assertThat(replay(nothing, from, servers, "--to-prefix=again-hashed.", hash, key))
                .as("%s", err)
                .isEqualTo(ExitStatus.DONE);
        assertThat(values(read(kafka, "again-hashed."))).containsExactlyInAnyOrderElementsOf(values(first));
    }

    @Test
    @Tag("full")
    void shouldGoOnWhereItWasInterruptedAndDoubleNothing() throws Exception {
        List<String> taken = Collections.synchronizedList(new ArrayList<>());
        HttpServer bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bridge.createContext("/hook", exchange -> {
            boolean known = "secret".equals(exchange.getRequestHeaders().getFirst("Verification-Token"));
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (known) {
                taken.add(body);
            }
            exchange.sendResponseHeaders(known ? 200 : 401, -1);
            exchange.close();
        });
        bridge.start();
        try {
            String url = "--url=http://127.0.0.1:" + bridge.getAddress().getPort() + "/hook";
            Path state = directory.resolve("state.json");
            String[] command = {
                "replay",
                SAMPLES.get(0).toString(),
                SAMPLES.get(1).toString(),
                url,
                "--token=secret",
                "--resume=" + state
            };
            List<String> slowly = new ArrayList<>(Arrays.asList(command));
            slowly.add("--rate=1");
            Process first = CommandProcess.start(
                    directory.resolve("out"), directory.resolve("err"), slowly.toArray(String[]::new));
            await().until(() -> taken.size() >= 3);
            Signals.send("INT", first);
            assertThat(first.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readString(directory.resolve("err"))).contains("the same command goes on where it was");
            assertThat(taken).hasSizeLessThan(20);

            CommandProcess second = CommandProcess.run(null, command);

            assertThat(second.status()).as(second.err()).isEqualTo(ExitStatus.DONE);
            assertThat(taken).containsExactlyInAnyOrderElementsOf(sampleLines());
            assertThat(CommandProcess.run(null, command).err()).contains("callweave: 0 notifications replayed");
            assertThat(taken).hasSize(20);
        } finally {
            bridge.stop(0);
        }
    }

    private int replay(String[] files, String... options) {
        List<String> arguments = new ArrayList<>(List.of("replay"));
        arguments.addAll(Arrays.asList(files));
        arguments.addAll(Arrays.asList(options));
        return Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(EmbeddedKafka kafka, String prefix) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        new TopicReader(kafka.bootstrapServers()).readMerged(Topic.NOTIFICATIONS.name(prefix), all::add);
        return all;
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
    }

    private static List<String> sampleLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path sample : SAMPLES) {
            lines.addAll(Files.readAllLines(sample));
        }
        return lines;
    }
}
