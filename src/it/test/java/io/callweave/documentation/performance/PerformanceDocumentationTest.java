package io.callweave.documentation.performance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.documentation.GeneratedParts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tables of docs/performance.md and docs/performance/measurements.md are the figures of the run in docs/performance. */
class PerformanceDocumentationTest {

    private static final Path PAGE = Path.of("docs", "performance.md");
    private static final Path MEASUREMENTS = Path.of("docs", "performance", "measurements.md");

    private static final List<String> BENCHES = List.of(
            "topology",
            "competitors",
            "calls",
            "scale",
            "latency",
            "latency-account",
            "latency-lost",
            "latency-lost-account",
            "latency-half",
            "bridge",
            "correctness");

    /** Each file tells its machine; another one's figures beside them would mislead. */
    @Test
    void shouldBeOfOneMachine() {
        assertThat(BENCHES)
                .extracting(bench -> machine(RunFigures.of(bench)))
                .containsOnly(machine(RunFigures.of("topology")));
    }

    /** One run, which can pass midnight. */
    @Test
    void shouldBeOfOneDay() {
        LocalDate first = day("topology");

        assertThat(BENCHES)
                .extracting(PerformanceDocumentationTest::day)
                .allMatch(day -> !day.isBefore(first) && !day.isAfter(first.plusDays(1)));
    }

    private static LocalDate day(String bench) {
        return LocalDate.parse(RunFigures.of(bench).required("day").asText());
    }

    private static String machine(JsonNode figures) {
        JsonNode machine = figures.required("machine");
        return String.join(
                " ",
                machine.required("processors").asText(),
                machine.required("memoryBytes").asText(),
                machine.required("os").asText(),
                machine.required("java").asText());
    }

    @Test
    void shouldShowTheFiguresOfTheRun() throws IOException {
        JsonNode topology = RunFigures.of("topology");
        JsonNode calls = RunFigures.of("calls");

        JsonNode competitors = RunFigures.of("competitors");
        JsonNode correctness = RunFigures.of("correctness");
        JsonNode half = RunFigures.of("latency-half");

        Map<String, String> page = Map.of(
                "headline",
                ThroughputTables.headline(topology, calls),
                "choose",
                ChoiceTable.of(competitors, correctness, RunFigures.of("latency"), RunFigures.of("latency-account")),
                "users",
                SizingTable.users(topology, half, calls));
        Map<String, String> measurements = Map.ofEntries(
                Map.entry("machine", ThroughputTables.machine(topology, competitors, calls, RunFigures.of("scale"))),
                Map.entry(
                        "aims",
                        AimsTable.of(
                                RunFigures.of("latency"), RunFigures.of("latency-account"), RunFigures.of("bridge"))),
                Map.entry("records", ThroughputTables.records(topology, half)),
                Map.entry("topology", ThroughputTables.topology(topology)),
                Map.entry("threads", ThroughputTables.threads(topology)),
                Map.entry("competitors", ThroughputTables.competitors(competitors)),
                Map.entry("judged", ThroughputTables.judged(correctness)),
                Map.entry("bytes", ScaleTables.bytes(calls)),
                Map.entry("sizing", SizingTable.of(topology, half, calls)),
                Map.entry(
                        "latency",
                        DelayTables.latency(
                                RunFigures.of("latency"),
                                RunFigures.of("latency-account"),
                                RunFigures.of("latency-lost"),
                                RunFigures.of("latency-lost-account"),
                                half)),
                Map.entry("busy", DelayTables.busy(half)),
                Map.entry("bridge input", DelayTables.bridgeInput(RunFigures.of("bridge"))),
                Map.entry("bridge", DelayTables.bridge(RunFigures.of("bridge"))));

        GeneratedParts.assertOn(PAGE, page, "PerformanceDocumentationTest");
        GeneratedParts.assertOn(MEASUREMENTS, measurements, "PerformanceDocumentationTest");
    }
}
