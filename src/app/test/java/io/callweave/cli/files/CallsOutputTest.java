package io.callweave.cli.files;

import static io.callweave.TestJson.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.TestJson;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.topology.windows.ExpectedWindows;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code assemble} writes besides its records, and in which form; {@code run} has the same options. */
class CallsOutputTest {

    private static final Path KINDS = Path.of("src/samples/acceptance/kinds.ndjson");
    private static final Path LATE = Path.of("src/samples/explain/late.ndjson");

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void shouldWriteTheRowOfEachPartySortedByKey() throws Exception {
        Path rows = folder.resolve("rows.ndjson");

        List<String> calls = assemble(KINDS, "--party-metrics=" + rows);

        List<String> expected = new ArrayList<>();
        for (String call : calls) {
            tree(call).path("parties").forEach(party -> expected.add(key(tree(call), party)));
        }
        assertThat(Files.readAllLines(rows).stream().map(TestJson::tree).map(row -> key(row, row)))
                .containsExactlyElementsOf(expected.stream().sorted().toList());
    }

    @Test
    void shouldWriteTheWindowsOfTheCalls() throws Exception {
        Path rows = folder.resolve("windows.ndjson");

        List<String> calls = assemble(KINDS, "--window-metrics=" + rows);

        Map<String, String> windows = new LinkedHashMap<>();
        for (String row : Files.readAllLines(rows)) {
            windows.put(
                    Stream.of("accountId", "scope", "scopeId", "window", "windowStart")
                            .map(part -> tree(row).path(part).asText())
                            .collect(Collectors.joining("/")),
                    row);
        }
        assertThat(List.copyOf(windows.keySet())).isSorted();
        ExpectedWindows.assertThatAreThese(
                windows,
                calls,
                Files.readAllLines(KINDS).stream()
                        .map(line -> line.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    @Test
    void shouldPrintEveryRevisionIfAskedTo() throws Exception {
        List<String> calls = assemble(LATE);

        List<String> revisions = assemble(LATE, "--revisions");

        assertThat(revisions).hasSizeGreaterThan(calls.size());
        assertThat(revisions.stream().map(call -> tree(call).path("revision").asInt()))
                .contains(1, 2);
        assertThat(err.toString()).contains(revisions.size() + " call records;");
    }

    @Test
    void shouldPrintTheSameDeadLettersWithRevisions() throws Exception {
        Path bad = Files.writeString(
                folder.resolve("bad.ndjson"), "{}\nhello\n" + insights("s-unknown") + Files.readString(LATE));
        Path letters = folder.resolve("letters.ndjson");
        Path same = folder.resolve("same.ndjson");

        assemble(bad, "--dead-letters=" + letters);
        assemble(bad, "--revisions", "--dead-letters=" + same);

        assertThat(letters).hasSameTextualContentAs(same);
        assertThat(Files.readString(letters)).contains("notJson", "noSession");
        assertThat(err.toString().lines().filter(line -> line.contains("noSession 1")))
                .hasSize(2);
    }

    @Test
    void shouldLeaveOutInsightsOfRevisionsIfTheyAreOff() throws Exception {
        Path notifications = Files.writeString(
                folder.resolve("insights.ndjson"),
                Files.readString(LATE) + insights("s-3e5a1c7d9b2f4860a1c3e5d7f9b1a2c4"));

        List<String> revisions = assemble(notifications, "--revisions");
        List<String> without = assemble(notifications, "--revisions", "--set=artifacts.insights=off");

        assertThat(revisions).anyMatch(call -> call.contains("\"summary\":\"Fine.\""));
        assertThat(without).noneMatch(call -> call.contains("\"kind\":\"insights\""));
    }

    private static String insights(String session) {
        return """
                {"event":"/ai/ringsense/v1/public/accounts/809646016/domains/pbx/insights","timestamp":\
                "2026-03-02T09:10:00.000Z","body":{"sourceSessionId":"%s","sourceRecordId":"77",\
                "lastModifiedTime":"2026-03-02T09:10:00.000Z","insights":{"Summary":[{"value":"Fine."}]}}}
                """.formatted(session);
    }

    @Test
    void shouldPrintAHeadingAndALineForEachCallAsCsv() throws Exception {
        List<String> calls = assemble(KINDS);

        assertThat(assemble(KINDS, "--format=csv")).hasSize(calls.size() + 1);
    }

    @Test
    void shouldPrintATableOfAtMostAHundredColumns() throws Exception {
        List<String> calls = assemble(KINDS);

        assertThat(assemble(KINDS, "--format=table"))
                .hasSize(calls.size() + 1)
                .allMatch(line -> line.length() <= 100)
                .noneMatch(line -> line.contains("s-"));
    }

    @Test
    void shouldNameExtensionsByTheDirectory() throws Exception {
        JsonNode call = tree(assemble(KINDS).get(0));
        Path directory = Files.writeString(
                folder.resolve("extensions.csv"),
                "account,extension,name\n%s,%s,Zaphod\n"
                        .formatted(
                                call.path("accountId").asText(),
                                call.at("/answeredBy/extensionId").asText()));
        Path rows = folder.resolve("rows.ndjson");

        List<String> table = assemble(KINDS, "--format=table", "--directory=" + directory, "--party-metrics=" + rows);

        assertThat(table).anyMatch(line -> line.contains("answered by Zaphod"));
        assertThat(Files.readString(rows)).contains("\"extensionName\":\"Zaphod\"");
    }

    @ParameterizedTest
    @CsvSource({
        "--format=xml, '--format is \"xml\"; it must be one of json, table, csv.'",
        "--final, '--revisions and --final exclude each other; give only one of them.'",
        "--calls=src/samples/explain/late.ndjson, '--calls is src/samples/explain/late.ndjson, which is the input'"
    })
    void shouldSayWhichOptionIsWrong(String option, String sentence) {
        int status = execute("assemble", LATE.toString(), "--revisions", option);

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: " + sentence);
    }

    private List<String> assemble(Path file, String... options) throws IOException {
        Path calls = folder.resolve("calls");
        List<String> arguments = new ArrayList<>(List.of("assemble", file.toString(), "--calls=" + calls));
        arguments.addAll(List.of(options));
        assertThat(execute(arguments.toArray(String[]::new))).as("%s", err).isEqualTo(ExitStatus.DONE);
        return Files.readAllLines(calls);
    }

    private int execute(String... arguments) {
        return Callweave.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }

    private static String key(JsonNode call, JsonNode party) {
        return call.path("accountId").asText() + "/"
                + party.path("telephonySessionId").asText() + "/"
                + party.path("partyId").asText();
    }
}
