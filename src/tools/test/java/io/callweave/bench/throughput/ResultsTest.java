package io.callweave.bench.throughput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.ThreadKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final BenchOptions OPTIONS =
            new BenchOptions(1_000, 500, 2, 12, 2, 50, 4, 20, Duration.ofMillis(100), EnumSet.allOf(Subject.class), 15);

    /** In two rounds of 1,000 notifications. */
    private static final Results RESULTS = new Results(
            OPTIONS,
            Map.of(
                    Subject.CALLWEAVE, rounds(0.1, 0.2),
                    Subject.BY_ACCOUNT, rounds(0.1, 0.1),
                    Subject.FEWER, rounds(0.05, 0.1),
                    Subject.DSL, rounds(0.2, 0.8),
                    Subject.PLUMBING, rounds(0.05, 0.05),
                    Subject.PASS_THROUGH, rounds(0.01, 0.01)),
            Map.of(),
            0.15,
            Duration.ofSeconds(3));

    private static List<Measurement> rounds(double first, double second) {
        return List.of(measurement(first), measurement(second));
    }

    private static Measurement measurement(double seconds) {
        return new Measurement(
                1_000,
                seconds,
                new CpuTimes.Reading(
                        seconds + 0.03,
                        Map.of(ThreadKind.JIT, 0.03, ThreadKind.GC, 0.01, ThreadKind.STREAMS, seconds / 2)));
    }

    @Test
    void shouldKeepTheCompilersTimeApart() {
        Measurement measurement = measurement(0.5);

        assertThat(measurement.perSecond()).isEqualTo(2_000);
        assertThat(measurement.cpuPerMillion()).isEqualTo(500);
        assertThat(measurement.jitPerMillion()).isEqualTo(30);
        assertThat(measurement.gcPerMillion()).isEqualTo(10);
    }

    @Test
    void shouldWriteEveryRoundOfEverySubject() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ResultsJson.write(RESULTS, out);

        assertThat(out.toString(UTF_8)).endsWith("}\n");
        JsonNode json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.path("subjects").fieldNames())
                .toIterable()
                .containsExactly(
                        "callweave", "callweave-account", "callweave-fewer", "dsl", "plumbing", "pass-through");
        assertThat(json.at("/subjects/callweave/perSecond")).hasToString("[10000.0,5000.0]");
        assertThat(json.at("/subjects/callweave/cpuSecondsPerMillion")).hasToString("[100.0,200.0]");
        assertThat(json.at("/subjects/callweave/cpuSecondsPerMillionByThread/streams"))
                .hasToString("[50.0,100.0]");
        assertThat(json.at("/subjects/dsl/perSecond")).hasToString("[5000.0,1250.0]");
        assertThat(json.at("/ratios/callweave~1dsl/perSecond")).hasToString("[2.0,4.0]");
        assertThat(json.at("/ratios/callweave-account~1dsl/perSecond")).hasToString("[2.0,8.0]");
        assertThat(json.at("/ratios/callweave-fewer~1dsl/perSecond")).hasToString("[4.0,8.0]");
        assertThat(json.at("/input/aged").asLong()).isEqualTo(20);
        assertThat(json.at("/input/lateWindowMs").asLong()).isEqualTo(3_000);
        assertThat(json.at("/machine/processors").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void shouldWriteNoRatioWithoutTheBaseline() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ResultsJson.write(
                new Results(
                        OPTIONS,
                        Map.of(Subject.CALLWEAVE, rounds(0.1, 0.2)),
                        Map.of(),
                        RESULTS.linkedShare(),
                        RESULTS.lateWindow()),
                out);

        JsonNode json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.at("/subjects/callweave/perSecond")).hasToString("[10000.0,5000.0]");
        assertThat(json.path("ratios")).isEmpty();
    }
}
