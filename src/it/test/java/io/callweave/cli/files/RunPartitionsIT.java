package io.callweave.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code run} comes to the same whatever the number of partitions. */
@Tag("full")
class RunPartitionsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NOTIFICATION = """
            {"event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"%s","body":{"sequence":%d,\
            "telephonySessionId":"%s","eventTime":"%s","parties":[{"accountId":"1","extensionId":"101",\
            "id":"p-%s-1","direction":"Inbound","status":{"code":"%s"}}]}}""";

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    /** What a run has left, without what is its own. */
    private record Ran(List<String> calls, List<String> live, List<String> tooLate) {}

    @Test
    void shouldMakeTheSameRevisionsAndRejectTheSameNotificationsWithOneAndWithFivePartitions() throws Exception {
        Path file = notifications();

        Ran one = run(1, file);

        assertThat(one.calls()).hasSizeGreaterThan(200);
        assertThat(one.tooLate()).hasSize(1);
        assertThat(run(5, file)).isEqualTo(one);
    }

    /** All of the second day waits for the first, and is more than one step takes. So is what is due before the last event. */
    @Test
    void shouldMakeTheSameWhenMuchComesAtOnce() throws Exception {
        Path file = twoDays(1_000);

        Ran one = run(1, file);

        assertThat(one.calls()).hasSize(2_000);
        assertThat(one.tooLate()).hasSize(1);
        assertThat(run(2, file)).isEqualTo(one);
    }

    /**
     * Of two partitions, one has the calls of the first day, and the other one those of the second. After another two days
     * comes one more event of the last call.
     */
    private Path twoDays(int callsOfADay) throws Exception {
        List<String> lines = new ArrayList<>();
        String session = "";
        Instant time = Instant.parse("2026-03-02T08:00:00Z");
        for (int partition = 0; partition < 2; partition++) {
            int calls = 0;
            for (int id = 0; calls < callsOfADay; id++) {
                String next = "s-" + partition + "-" + id;
                byte[] key = next.getBytes(StandardCharsets.UTF_8);
                if (BuiltInPartitioner.partitionForKey(key, 2) != partition) {
                    continue;
                }
                session = next;
                String[] statuses = {"Proceeding", "Answered", "Disconnected"};
                for (int i = 0; i < statuses.length; i++) {
                    time = time.plusMillis(100);
                    lines.add(notification(time, session, 2 + i, statuses[i]));
                }
                calls++;
            }
            time = time.plus(Duration.ofHours(20));
        }
        lines.add(notification(time.plus(Duration.ofDays(2)), session, 9, "Disconnected"));
        return Files.write(directory.resolve("days.ndjson"), lines);
    }

    private static String notification(Instant time, String session, int sequence, String status) {
        return NOTIFICATION.formatted(time, sequence, session, time, session.substring(2), status);
    }

    /** Three hours, and then one more of the first session, when it is closed; no two of one time, so that there is one order. */
    private Path notifications() throws Exception {
        Path simulated = directory.resolve("simulated.ndjson");
        execute("simulate", "--seats=10", "--for=3h", "--deliver=shuffled=2s,late=1%", "--out=" + simulated);
        List<String> lines = new ArrayList<>();
        Instant last = Instant.MIN;
        for (String line : Files.readAllLines(simulated)) {
            String timestamp = JSON.readTree(line).path("timestamp").asText();
            Instant time = timestamp.isEmpty() ? last : Instant.parse(timestamp);
            if (time.isAfter(last)) {
                lines.add(line);
                last = time;
            }
        }
        ObjectNode late = (ObjectNode) JSON.readTree(lines.get(0));
        late.put("timestamp", last.plus(Duration.ofDays(2)).toString());
        ((ObjectNode) late.path("body")).put("sequence", 1_000);
        lines.add(JSON.writeValueAsString(late));
        return Files.write(directory.resolve("notifications.ndjson"), lines);
    }

    private Ran run(int partitions, Path file) throws Exception {
        Path calls = directory.resolve("calls");
        Path live = directory.resolve("live");
        Path deadLetters = directory.resolve("dead-letters");
        execute(
                "run",
                "--partitions=" + partitions,
                "--calls=" + calls,
                "--live-calls=" + live,
                "--dead-letters=" + deadLetters,
                file.toString());
        List<String> tooLate = new ArrayList<>();
        for (String letter : Files.readAllLines(deadLetters)) {
            assertThat(JSON.readTree(letter).path("reason").asText()).isEqualTo("tooLate");
            tooLate.add(JSON.readTree(letter).path("source").asText());
        }
        return new Ran(sorted(calls), sorted(live), tooLate);
    }

    private static List<String> sorted(Path file) throws Exception {
        return Files.readAllLines(file).stream()
                .map(record -> record.replaceAll("\"epoch\":\\d+", "\"epoch\":0"))
                .sorted()
                .toList();
    }

    private void execute(String... arguments) {
        int status = Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(err, true))
                .execute(arguments);
        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
    }
}
