package io.callweave.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.TestJson;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.console.api.FilledConsole;
import io.callweave.export.DuckDb;
import io.callweave.export.DuckDbRecipes;
import io.callweave.metrics.ServiceGoals;
import io.callweave.metrics.WindowSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A simulated day of 60 seats: whatever shows figures of it shows those of the truth, to the call and to the millisecond. The
 * views for PostgreSQL are compared in {@code src/it/sh/pipelines-test.sh}.
 */
@Tag("full")
class DayFiguresIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static DayFigures truth;
    private static List<JsonNode> windows;

    /** A run of the day takes minutes, and this has a limit of its own. */
    @BeforeAll
    static void simulate() throws IOException {
        run(
                "simulate",
                "--seats=60",
                "--for=8h",
                "--seed=3",
                "--truth=" + file("truth.ndjson"),
                "--out=" + file("day.ndjson"));
        truth = DayFigures.ofTruth(() -> trees("truth.ndjson").iterator());
        run(
                "run",
                "--partitions=3",
                "--calls=" + file("calls.ndjson"),
                "--window-metrics=" + file("windows.ndjson"),
                file("day.ndjson"));
        windows = trees("windows.ndjson").toList();
        run("report", file("calls.ndjson"), "--out=" + file("report"));
    }

    @Test
    void shouldHaveADayInWhichCallsAndVisitsDiffer() {
        assertThat(truth.calls().calls()).isGreaterThan(2_000);
        assertThat(truth.visits().abandoned())
                .isGreaterThan(truth.calls().abandoned())
                .isPositive();
        assertThat(truth.queues()).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAddUpInWindowsOfEachSize(WindowSize size) {
        assertThat(DayFigures.ofWindows(windows, size)).isEqualTo(truth);
    }

    @Test
    void shouldStandInTheWindowsOfTheDay() {
        assertThat(ofDay("account")).singleElement().satisfies(day -> {
            assertThat(day.at("/serviceLevel/thresholdMs").asLong()).isEqualTo(DayFigures.THRESHOLD_MS);
            assertThat(day.at("/serviceLevel/ratio").asDouble())
                    .isEqualTo(truth.visits().serviceLevel());
            assertThat(day.at("/handle/avgMs").asLong()).isEqualTo(truth.calls().averageHandleMs());
        });
        assertThat(ofDay("queue")).allSatisfy(day -> {
            DayFigures.OfVisits queue = truth.queues().get(day.path("scopeId").asText());
            assertThat(queue).isNotNull();
            assertThat(day.at("/serviceLevel/ratio").asDouble()).isEqualTo(queue.serviceLevel());
            assertThat(day.at("/timeToAnswer/avgMs").asLong()).isEqualTo(queue.averageSpeedOfAnswerMs());
        });
    }

    private static List<JsonNode> ofDay(String scope) {
        return windows.stream()
                .filter(window -> window.path("window").asText().equals(WindowSize.P1D.name())
                        && window.path("scope").asText().equals(scope))
                .toList();
    }

    @Test
    void shouldBeFoundByTheRecipesForDuckDb() throws Exception {
        run("export", file("day.ndjson"), "--what=calls", "--format=parquet", "--out=" + folder);

        DayFigures found;
        try (DuckDb duck = new DuckDb(folder)) {
            List<String> calls = duck.rows(
                            "SELECT calls, answered, abandonedCalls, talkMs, handleMs, averageHandleMs::BIGINT"
                                    + " FROM (" + DuckDbRecipes.query(0) + ")")
                    .get(0);
            SortedMap<String, DayFigures.OfVisits> queues = new TreeMap<>();
            for (List<String> row :
                    duck.rows("SELECT coalesce(queueExtensionId, ''), visits, answered, abandonedVisits,"
                            + " counted, answeredWithin, serviceLevel, averageSpeedOfAnswerMs::BIGINT"
                            + " FROM (" + DuckDbRecipes.query(1) + ")")) {
                queues.put(
                        row.get(0),
                        new DayFigures.OfVisits(
                                number(row, 1),
                                number(row, 2),
                                number(row, 3),
                                number(row, 4),
                                number(row, 5),
                                orNull(row, 6) == null ? null : Double.valueOf(row.get(6)),
                                orNull(row, 7) == null ? null : number(row, 7)));
            }
            found = new DayFigures(
                    new DayFigures.OfCalls(
                            number(calls, 0),
                            number(calls, 1),
                            number(calls, 2),
                            number(calls, 3),
                            number(calls, 4),
                            number(calls, 5)),
                    queues.remove(""),
                    queues);
        }

        assertThat(found).isEqualTo(truth);
    }

    @Test
    void shouldStandInTheReport() throws IOException {
        List<Map<String, String>> all = csv("totals").stream()
                .filter(row -> "All".equals(row.get("direction")))
                .toList();
        SortedMap<String, DayFigures.OfVisits> queues = new TreeMap<>();
        csv("queues").forEach(row -> queues.put(row.get("queueExtensionId"), visits(row)));

        DayFigures.OfVisits visits = queues.remove("");
        assertThat(all)
                .singleElement()
                .satisfies(row ->
                        assertThat(new DayFigures(calls(row), visits, queues)).isEqualTo(truth));
    }

    /** The report reads records, which do not say which party answered. Menus have windows and are no agents. */
    @Test
    void shouldStandInTheReportForEachAgentAsInTheWindows() throws IOException {
        Map<String, List<String>> ofWindows = ofDay("extension").stream()
                .collect(Collectors.toMap(
                        window -> window.path("scopeId").asText(),
                        window -> Stream.of("/calls", "/talk/sumMs", "/hold/sumMs", "/ring/sumMs", "/handle/avgMs")
                                .map(figure -> window.at(figure).asText())
                                .toList()));

        Map<String, List<String>> ofReport = csv("agents").stream()
                .collect(Collectors.toMap(
                        row -> row.getOrDefault("extensionId", ""),
                        row -> Stream.of("calls", "talkMs", "holdMs", "ringMs", "avgHandleMs")
                                .map(field -> row.getOrDefault(field, ""))
                                .toList()));

        assertThat(ofReport).hasSizeGreaterThan(50);
        ofWindows.keySet().retainAll(ofReport.keySet());
        assertThat(ofReport).isEqualTo(ofWindows);
    }

    private static DayFigures.OfCalls calls(Map<String, String> row) {
        return new DayFigures.OfCalls(
                number(row, "calls"),
                number(row, "answered"),
                number(row, "abandoned"),
                number(row, "talkMs"),
                number(row, "handleMs"),
                number(row, "avgHandleMs"));
    }

    private static DayFigures.OfVisits visits(Map<String, String> row) {
        return new DayFigures.OfVisits(
                number(row, "offered") - number(row, "fax"),
                number(row, "answered"),
                number(row, "abandoned"),
                number(row, "counted"),
                number(row, "answeredWithin"),
                Double.valueOf(row.getOrDefault("serviceLevel", "")),
                number(row, "avgSpeedOfAnswerMs"));
    }

    private static long number(Map<String, String> row, String field) {
        return Long.parseLong(row.getOrDefault(field, ""));
    }

    /** Rows of a file of the report by their headings. No name of the simulation has a comma. */
    private static List<Map<String, String>> csv(String name) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("report").resolve(name + ".csv"));
        String[] fields = lines.get(0).split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> IntStream.range(0, fields.length)
                        .boxed()
                        .collect(Collectors.toMap(i -> fields[i], i -> cells[i])))
                .toList();
    }

    @Test
    void shouldStandOnTheWallboardOfTheConsole() throws IOException {
        Instant evening = Instant.parse(
                        ofDay("account").get(0).path("windowEnd").asText())
                .minusSeconds(1);
        JsonNode board;
        try (FilledConsole console = new FilledConsole(folder.resolve("console"), ServiceGoals.NONE, evening)) {
            windows.stream()
                    .filter(window -> List.of("PT1H", "P1D")
                            .contains(window.path("window").asText()))
                    .forEach(window -> console.putWindow((ObjectNode) window));
            try (InputStream answer = console.at("/v1/wallboard").toURL().openStream()) {
                board = JSON.readTree(answer);
            }
        }

        JsonNode today = board.path("today");
        assertThat(today.path("calls").asLong()).isEqualTo(truth.calls().calls());
        assertThat(today.path("answered").asLong()).isEqualTo(truth.calls().answered());
        assertThat(today.path("abandoned").asLong()).isEqualTo(truth.calls().abandoned());
        assertThat(today.path("averageHandleMs").asLong())
                .isEqualTo(truth.calls().averageHandleMs());
        ObjectNode all = (ObjectNode) today.path("visits");
        all.set("serviceLevel", today.path("serviceLevel"));
        SortedMap<String, DayFigures.OfVisits> queues = new TreeMap<>();
        board.path("queues").forEach(queue -> queues.put(queue.path("id").asText(), shown(queue)));
        long faxes = 0;
        for (JsonNode queue : board.path("queues")) {
            faxes += queue.path("fax").asLong();
        }
        assertThat(shown(all.put("fax", faxes))).isEqualTo(truth.visits());
        assertThat(queues).isEqualTo(truth.queues());
    }

    private static DayFigures.OfVisits shown(JsonNode figures) {
        long within = figures.at("/serviceLevel/met").asLong();
        long counted = figures.at("/serviceLevel/of").asLong();
        return new DayFigures.OfVisits(
                figures.path("calls").asLong() - figures.path("fax").asLong(),
                figures.path("answered").asLong(),
                figures.path("abandoned").asLong(),
                counted,
                within,
                DayFigures.ratio(within, counted),
                figures.path("averageWaitMs").asLong());
    }

    private static @Nullable String orNull(List<String> row, int column) {
        return row.get(column);
    }

    private static long number(List<String> row, int column) {
        return Long.parseLong(row.get(column));
    }

    private static void run(String... words) {
        StringWriter messages = new StringWriter();
        int status = Callweave.commandLine()
                .setErr(new PrintWriter(messages, true))
                .setOut(new PrintWriter(messages, true))
                .execute(words);
        assertThat(status).as(messages.toString()).isEqualTo(ExitStatus.DONE);
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static Stream<JsonNode> trees(String name) {
        try {
            return Files.readAllLines(folder.resolve(name)).stream().map(TestJson::tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
