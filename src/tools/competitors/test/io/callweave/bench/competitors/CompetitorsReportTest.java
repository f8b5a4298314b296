package io.callweave.bench.competitors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.ThreadKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompetitorsReportTest {

    private static final CompetitorOptions OPTIONS =
            CompetitorOptions.of(1_000_000, 0, 2, 12, 2, Set.of(Competitor.CALLWEAVE, Competitor.FLINK_HEAP));

    private static final CompetitorResults RESULTS = new CompetitorResults(
            OPTIONS,
            Map.of(
                    Competitor.CALLWEAVE, List.of(measurement(40, 50), measurement(50, 70)),
                    Competitor.FLINK_HEAP, List.of(measurement(10, 30), measurement(10, 50))),
            0.15);

    /** A million notifications; ten of the CPU seconds are the compiler's. */
    private static Measurement measurement(double seconds, double cpu) {
        return new Measurement(
                1_000_000, seconds, new CpuTimes.Reading(cpu, Map.of(ThreadKind.JIT, 10.0, ThreadKind.GC, 1.0)));
    }

    @Test
    void shouldCompareRoundByRound() {
        StringWriter out = new StringWriter();

        CompetitorsText.print(RESULTS, new PrintWriter(out));

        assertThat(out.toString())
                .containsPattern("callweave +22,500 \\(20,000 to 25,000\\) +50.0 \\(40.0 to 60.0\\) +10.0")
                .contains("callweave / flink-heap, round by round: notifications/s 0.23 (0.20 to 0.25), CPU 1.75"
                        + " (1.50 to 2.00)");
    }

    @Test
    void shouldWriteEveryFigureOfEveryRound() {
        JsonNode tree = CompetitorsJson.tree(RESULTS);

        assertThat(tree.at("/subjects/flink-heap/cpuSecondsPerMillion").toString())
                .isEqualTo("[20.0,40.0]");
        assertThat(tree.at("/subjects/flink-heap/perSecond").toString()).isEqualTo("[100000.0,100000.0]");
        assertThat(tree.at("/input/partitions").intValue()).isEqualTo(12);
    }
}
