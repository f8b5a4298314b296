package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code bench correctness} on a broker, with subjects in processes of their own. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // for what would hang
@Tag("full")
class BenchCorrectnessIT {

    @TempDir
    private Path directory;

    @Test
    void shouldFindNothingWrongInWhatCallweaveMakesOfEachDelivery() throws Exception {
        Path json = directory.resolve("wrong-calls.json");
        StringWriter err = new StringWriter();

        int status = Callweave.commandLine()
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute("bench", "correctness", "--calls=100", "--kills=1", "--subjects=callweave", "--json=" + json);

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("rows");
        assertThat(rows)
                .extracting(row -> row.path("delivery").asText() + ": "
                        + row.path("subject").asText())
                .containsExactly("clean: callweave", "faults: callweave", "faults and kills: callweave");
        assertThat(rows).allSatisfy(row -> {
            long calls = row.path("calls").asLong();
            assertThat(calls).isGreaterThan(50);
            assertThat(row.path("cpuSeconds").asDouble()).isPositive();
            assertThat(row.path("bad").asLong()).isZero();
            assertThat(row.path("right").asLong() + row.path("marked").asLong()).isEqualTo(calls);
        });
        assertThat(rows.path(0).path("marked").asLong()).isZero();
    }
}
