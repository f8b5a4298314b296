package io.callweave.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.export.DuckDb;
import io.callweave.testcalls.ExpectedCalls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ExportCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOTIFICATIONS =
            ExpectedCalls.path("acceptance/clean.ndjson").toString();

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"clean", "dropped", "shuffled"})
    void shouldExportWhatAssembleMakesOfFiles(String name) throws IOException {
        String notifications =
                ExpectedCalls.path("acceptance/" + name + ".ndjson").toString();
        assertThat(callweave(
                        "assemble",
                        notifications,
                        "--calls=" + directory.resolve("assembled"),
                        "--party-metrics=" + directory.resolve("assembled-rows"),
                        "--window-metrics=" + directory.resolve("assembled-windows")))
                .isEqualTo(ExitStatus.DONE);

        int status = export(notifications, "--what=calls,rows,windows", "--out=" + directory);

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(lines("calls.ndjson")).isNotEmpty().containsExactlyElementsOf(lines("assembled"));
        assertThat(lines("rows.ndjson")).containsExactlyInAnyOrderElementsOf(lines("assembled-rows"));
        assertThat(lines("windows.ndjson")).containsExactlyInAnyOrderElementsOf(lines("assembled-windows"));
    }

    @Test
    void shouldCountWhatItExported() {
        assertThat(export(NOTIFICATIONS, "--out=" + directory.resolve("calls.csv")))
                .isEqualTo(ExitStatus.DONE);

        assertThat(err.toString().lines())
                .containsExactly("callweave: 630 lines, 60 calls; 0 skipped, 0 bad.", "callweave: 60 calls exported.");
    }

    @ParameterizedTest
    @CsvSource({"calls, startTime", "rows, startTime", "windows, windowStart", "events, eventTime"})
    void shouldHaveEachValueInOneOfPeriodsThatMeet(String kind, String timeField) throws IOException {
        export(NOTIFICATIONS, "--what=" + kind, "--out=" + directory.resolve("all.ndjson"));
        List<String> all = lines("all.ndjson");
        // The time of a value: the period that begins with it has it, and the one that ends with it has not.
        List<String> times = new ArrayList<>();
        for (String line : all) {
            times.add(JSON.readTree(line).path(timeField).asText());
        }
        String middle = times.stream().sorted().toList().get(times.size() / 2);

        assertThat(export(NOTIFICATIONS, "--what=" + kind, "--to=" + middle, "--out=" + directory.resolve("1.ndjson")))
                .isEqualTo(ExitStatus.DONE);
        assertThat(export(
                        NOTIFICATIONS, "--what=" + kind, "--from=" + middle, "--out=" + directory.resolve("2.ndjson")))
                .isEqualTo(ExitStatus.DONE);

        List<String> before = lines("1.ndjson");
        List<String> after = lines("2.ndjson");
        assertThat(after).isNotEmpty();
        assertThat(Stream.concat(before.stream(), after.stream())).containsExactlyInAnyOrderElementsOf(all);
        for (String line : before) {
            assertThat(JSON.readTree(line).path(timeField).asText()).isLessThan(middle);
        }
    }

    @Test
    void shouldExportOneAccountAlone() throws IOException {
        String account =
                JSON.readTree(exported("calls").get(0)).path("accountId").asText();

        export(NOTIFICATIONS, "--what=calls", "--account=" + account, "--out=" + directory.resolve("one.ndjson"));
        export(NOTIFICATIONS, "--what=events", "--account=nobody", "--out=" + directory.resolve("none.ndjson"));

        assertThat(lines("one.ndjson")).isNotEmpty().allMatch(line -> line.contains("\"" + account + "\""));
        assertThat(lines("none.ndjson")).isEmpty();
        assertThat(err.toString()).contains("callweave: nothing fits --account, --from and --to.");
    }

    @Test
    void shouldLeaveOutExcludedCallsWithTheirRowsAndEventsAndCountThem() throws IOException {
        String number = JSON.readTree(exported("calls").get(0))
                .path("from")
                .path("phoneNumber")
                .asText();
        Set<String> hidden = new HashSet<>();
        List<String> shown = new ArrayList<>();
        for (String line : exported("calls")) {
            if (line.contains("\"" + number + "\"")) {
                JSON.readTree(line)
                        .path("sessions")
                        .forEach(each ->
                                hidden.add(each.path("telephonySessionId").asText()));
            } else {
                shown.add(line);
            }
        }

        int status = export(
                NOTIFICATIONS, "--what=calls,rows,events", "--privacy-exclude=number:" + number, "--out=" + directory);

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(lines("calls.ndjson")).isNotEmpty().containsExactlyElementsOf(shown);
        for (String kind : List.of("rows.ndjson", "events.ndjson")) {
            assertThat(lines(kind))
                    .isNotEmpty()
                    .noneMatch(line -> hidden.stream().anyMatch(line::contains));
        }
        assertThat(err.toString()).containsPattern("callweave: \\d+ values left out by privacy\\.exclude\\.");
    }

    @Test
    void shouldExportEachEventOnceAndSayWhatWasBefore() throws IOException {
        List<String> events = exported("events");

        assertThat(events).hasSizeGreaterThan(500).doesNotHaveDuplicates();
        for (String event : events) {
            JsonNode json = JSON.readTree(event);
            assertThat(json.path("party").path("status").path("code").asText()).isNotEmpty();
            assertThat(json.path("previousStatus").isNull())
                    .isEqualTo(json.path("previousStatusMs").isNull());
        }
    }

    @Test
    void shouldWriteParquetWithTheSameSums() throws Exception {
        exported("calls");

        export(NOTIFICATIONS, "--out=" + directory.resolve("calls.parquet"));

        try (DuckDb duck = new DuckDb(directory)) {
            String sums =
                    "SELECT count(*), sum(durationMs), sum(talkMs), sum(holdMs), count(answerTime), min(startTime)"
                            + " FROM ";
            assertThat(duck.rows(sums + "'calls.parquet'"))
                    .isEqualTo(duck.rows(
                            sums + "(SELECT * REPLACE (startTime::TIMESTAMPTZ AS startTime) FROM 'calls.ndjson')"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--format=xml | --format is \"xml\"; it must be one of ndjson, csv, parquet.",
                "--format=parquet | Parquet goes to a file; name it, or a directory, with --out.",
                "--what=calls,legs | --what is \"legs\"; it must be one of calls, rows, windows, events, or several with"
                        + " commas between them.",
                "--out=monday.xlsx | --out is monday.xlsx; export writes .ndjson, .csv and .parquet. Spreadsheets open"
                        + " .csv.",
                "--what=calls,rows | Several kinds of values go to a directory that is there; name it with --out.",
                "--from=yesterday | --from is \"yesterday\"; it must be a date, such as 2026-03-01, or a time with an"
                        + " offset, such as 2026-03-01T08:00+01:00.",
                "--from=2026-03-02 --to=2026-03-02 | --from is 2026-03-02 and --to is 2026-03-02; --from must be earlier.",
                "--final --revisions | --revisions and --final exclude each other; give only one of them.",
                "--revisions | Files have no revisions; \"callweave run\" or \"callweave assemble --revisions\" makes"
                        + " them.",
            })
    void shouldRefuseWrongOptionsInOneSentence(String options, String sentence) {
        List<String> arguments = new ArrayList<>(List.of(NOTIFICATIONS));
        arguments.addAll(Arrays.asList(options.split(" ")));

        assertThat(export(arguments.toArray(String[]::new))).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString().lines().findFirst()).contains("callweave: " + sentence);
    }

    @Test
    void shouldNotOverwriteItsInput() throws IOException {
        Path copy = Files.copy(Path.of(NOTIFICATIONS), directory.resolve("calls.ndjson"));

        assertThat(export(copy.toString(), "--out=" + directory)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(copy).hasSameBinaryContentAs(Path.of(NOTIFICATIONS));
    }

    @Test
    void shouldLeaveNothingButWholeFiles() throws IOException {
        export(NOTIFICATIONS, "--what=calls,windows", "--format=parquet", "--out=" + directory);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("calls.parquet", "windows.parquet");
        }
    }

    private List<String> exported(String kind) throws IOException {
        assertThat(export(NOTIFICATIONS, "--what=" + kind, "--out=" + directory))
                .as("%s", err)
                .isEqualTo(ExitStatus.DONE);
        return lines(kind + ".ndjson");
    }

    private int export(String... arguments) {
        List<String> all = new ArrayList<>(List.of("export"));
        all.addAll(Arrays.asList(arguments));
        return callweave(all.toArray(String[]::new));
    }

    private int callweave(String... arguments) {
        CommandLine callweave = Callweave.commandLine().setErr(new PrintWriter(err, true));
        return callweave.execute(arguments);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file));
    }
}
