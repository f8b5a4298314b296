package io.callweave.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.testcalls.ExpectedCalls;
import io.callweave.topology.calls.AssembledCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor does with Python alone. */
@Tag("programs")
class VerifyPyIT {

    private static final Path NOTIFICATIONS = ExpectedCalls.path("acceptance/kinds.ndjson");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    void assemble() throws IOException {
        calls.addAll(AssembledCalls.ofLines(Files.readAllLines(NOTIFICATIONS).stream()
                        .map(line -> line.getBytes(UTF_8))
                        .toList())
                .values());
    }

    @Test
    void shouldComputeTheSameTimesFromTheNotifications() throws Exception {
        assertThat(verify("facts", write("calls.ndjson", calls), NOTIFICATIONS)).isEmpty();

        String wrong = calls.get(0).replaceFirst("\"talkMs\":(\\d+)", "\"talkMs\":9$1");
        calls.set(0, wrong);

        assertThat(verify("facts", write("calls.ndjson", calls), NOTIFICATIONS))
                .singleElement()
                .asString()
                .contains(" talkMs is 9");
    }

    @Test
    void shouldNameTheRowsThatDiffer() throws Exception {
        List<String> own = new ArrayList<>(calls);
        own.remove(0);
        own.set(0, own.get(0).replace("\"revision\":1", "\"revision\":2"));

        List<String> differences = verify("table", write("own.ndjson", own), write("calls.ndjson", calls));

        assertThat(differences)
                .hasSize(2)
                .anyMatch(line -> line.endsWith(" missing"))
                .anyMatch(line -> line.endsWith(" unknown"));
    }

    @Test
    void shouldPrintNothingThatATerminalObeys() throws Exception {
        String steering = calls.get(0).replaceFirst("\"callId\":\"", "$0\\\\u001b[2J\\\\u007f\\\\u009b\\\\u202e");

        List<String> differences =
                verify("table", write("own.ndjson", List.of(steering)), write("calls.ndjson", List.of()));

        assertThat(differences)
                .singleElement()
                .asString()
                .contains("\\u001b[2J\\u007f\\u009b\\u202e")
                .doesNotContainPattern("\\p{C}");
    }

    @Test
    void shouldReadWhatSpreadsheetsAndPandasWrite() throws Exception {
        List<String> own = new ArrayList<>(List.of("\uFEFFcallId,accountId,revision,epoch,startTime,status"));
        for (String call : calls) {
            JsonNode row = JSON.readTree(call);
            own.add("%s,%s,%s.0,%s.0,%s,%s"
                    .formatted(Stream.of("callId", "accountId", "revision", "epoch", "startTime", "status")
                            .map(column -> row.path(column).asText())
                            .toArray()));
        }

        assertThat(verify("table", write("own.csv", own), write("calls.ndjson", calls)))
                .isEmpty();
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    /** The lines that it prints; a line of stderr would be one more. */
    private static List<String> verify(String what, Path one, Path other) throws IOException {
        Process python = new ProcessBuilder(
                        "python3", "src/examples/python/verify.py", what, one.toString(), other.toString())
                .redirectErrorStream(true)
                .start();
        return new String(python.getInputStream().readAllBytes(), UTF_8).lines().toList();
    }
}
