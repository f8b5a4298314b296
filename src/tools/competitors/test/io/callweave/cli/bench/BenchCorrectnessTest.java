package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code bench competitors correctness} on a broker, with subjects in processes of their own. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // for what would hang
class BenchCorrectnessTest {

    @TempDir
    private Path directory;

    @Test
    void shouldFindWhatTheDslGetsWrongAndCallweaveDoesNot() throws Exception {
        Path json = directory.resolve("wrong-calls.json");
        StringWriter err = new StringWriter();

        int status = BenchCorrectnessCommand.commandLine()
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "bench",
                        "correctness",
                        "--calls=400",
                        "--kills=1",
                        "--subjects=callweave,dsl",
                        "--json=" + json);

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("rows");
        assertThat(rows)
                .extracting(row -> row.path("delivery").asText() + ": "
                        + row.path("subject").asText())
                .containsExactly(
                        "clean: callweave",
                        "clean: dsl",
                        "faults: callweave",
                        "faults: dsl",
                        "faults and kills: callweave",
                        "faults and kills: dsl");
        assertThat(rows).allSatisfy(row -> {
            long calls = row.path("calls").asLong();
            assertThat(calls).isGreaterThan(50);
            assertThat(row.path("cpuSeconds").asDouble()).isPositive();
            if (row.path("subject").asText().equals("callweave")) {
                assertThat(row.path("bad").asLong()).isZero();
                assertThat(row.path("right").asLong() + row.path("marked").asLong())
                        .isEqualTo(calls);
            } else {
                // It joins no sessions.
                assertThat(row.path("bad").asLong()).isPositive();
            }
        });
        assertThat(rows.path(0).path("marked").asLong()).isZero();
    }
}
