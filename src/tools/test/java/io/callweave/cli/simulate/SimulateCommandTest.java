package io.callweave.cli.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.DirectoryFile;
import io.callweave.cli.common.ExitStatus;
import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryEntry;
import io.callweave.local.BoundPort;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.Truth;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    @Test
    void shouldWriteNotificationsAndWhatTheCallsReallyWere() throws IOException {
        Path out = directory.resolve("calls.ndjson");
        Path truth = directory.resolve("truth.ndjson");

        int status = simulate("--seats=12", "--for=20m", "--out=" + out, "--truth=" + truth);

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        List<String> lines = Files.readAllLines(out);
        List<String> truths = Files.readAllLines(truth);
        assertThat(lines).hasSizeGreaterThan(100);
        assertThat(Truth.of(truths).differences(Assembled.lines(lines))).isEmpty();
        assertThat(err.toString().strip())
                .isEqualTo("callweave: " + lines.size() + " notifications, " + truths.size() + " finished calls.");
    }

    @Test
    void shouldListEveryExtensionThatHasCalls() throws IOException {
        Path out = directory.resolve("calls.ndjson");
        Path list = directory.resolve("extensions.csv");

        int status = simulate("--seats=12", "--accounts=2", "--for=20m", "--out=" + out, "--directory=" + list);

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        DirectoryCsv csv = DirectoryFile.read(list.toString(), null, null);
        assertThat(csv.faults()).isEmpty();
        assertThat(csv.entries()).hasSize(2 * (12 + 3 + 1));
        Set<String> listed = csv.entries().stream().map(DirectoryEntry::key).collect(Collectors.toSet());
        List<String> called = Assembled.calls(Files.readAllLines(out)).stream()
                .flatMap(call -> call.parties().stream()
                        .flatMap(party -> Stream.of(party.extensionId(), party.queueExtensionId()))
                        .filter(Objects::nonNull)
                        .map(extension -> DirectoryEntry.key(call.accountId(), extension)))
                .distinct()
                .toList();
        assertThat(called).hasSizeGreaterThan(20).isSubsetOf(listed);
    }

    @Test
    void shouldWriteTheSameBytesForTheSameSeed() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (String seed : List.of("5", "5", "6")) {
            Path out = directory.resolve("out" + files.size() + ".ndjson");
            Path truth = directory.resolve("truth" + files.size() + ".ndjson");
            simulate(
                    "--seed=" + seed,
                    "--for=10m",
                    "--accounts=2",
                    "--deliver=shuffled=5s,duplicated=5%,dropped=1%,late=0.1%",
                    "--out=" + out,
                    "--truth=" + truth);
            files.add((Files.readString(out) + Files.readString(truth)).getBytes(UTF_8));
        }

        assertThat(files.get(1)).isEqualTo(files.get(0));
        assertThat(files.get(2)).isNotEqualTo(files.get(0));
    }

    @Test
    void shouldPostToABridgeAndReportItsAnswers() throws IOException {
        List<String> tokens = Collections.synchronizedList(new ArrayList<>());
        List<String> bodies = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger requests = new AtomicInteger();
        HttpServer bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bridge.createContext("/webhook", exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Verification-Token")));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            int request = requests.incrementAndGet();
            if (request != 100) { // by then it has answered; now it breaks off
                exchange.sendResponseHeaders(request == 3 ? 503 : 200, -1);
            }
            exchange.close();
        });
        bridge.start();
        Path same = directory.resolve("same.ndjson");
        try {
            int status = simulate(
                    "--for=5m",
                    "--url=http://127.0.0.1:" + bridge.getAddress().getPort() + "/webhook",
                    "--token=secret");

            assertThat(status).as("not everything was taken").isEqualTo(ExitStatus.FAILED);
        } finally {
            bridge.stop(0);
        }
        assertThat(err.toString()).contains("; answers: 200 " + (bodies.size() - 2) + ", 503 1, unanswered 1.");
        simulate("--for=5m", "--out=" + same);
        assertThat(bodies).containsExactlyInAnyOrderElementsOf(Files.readAllLines(same));
        assertThat(tokens).containsOnly("secret");
    }

    @Test
    void shouldSayInOneSentenceThatNoBridgeAnswers() throws IOException {
        try (BoundPort nobody = new BoundPort()) {
            String url = "http://127.0.0.1:" + nobody.number() + "/webhook";

            int status = simulate("--for=5m", "--url=" + url);

            assertThat(status).isEqualTo(ExitStatus.FAILED);
            assertThat(err.toString().strip().lines())
                    .singleElement()
                    .asString()
                    .startsWith("callweave: The bridge at " + url + " does not answer: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seats=1",
                "--accounts=0",
                "--for=soon",
                "--for=0s",
                "--from=yesterday",
                "--speed=0",
                "--rate=-1",
                "--speed=1 --rate=1",
                "--deliver=dropped=2",
                "--queues=music=5",
                "--queues=answered=0",
                "--token=secret",
                "--url=localhost",
                "--out=a.ndjson --url=http://127.0.0.1:1/",
                "--url=http://127.0.0.1:1/ --bootstrap-servers=127.0.0.1:1",
                "--out=a.ndjson --truth=a.ndjson"
            })
    void shouldRefuseWrongUsageWithASentence(String options) {
        assertThat(simulate(options.split(" "))).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: ").doesNotContain("Exception");
    }

    private int simulate(String... options) {
        List<String> arguments = new ArrayList<>(List.of("simulate"));
        arguments.addAll(Arrays.asList(options));
        return Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
