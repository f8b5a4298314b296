package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command {@code bench scale} on a broker, with the least input. The bench itself checks that all work was done. */
@Tag("full")
class BenchScaleIT {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void shouldMeasureCallsAndARestartWithoutState() throws Exception {
        Path json = directory.resolve("scale.json");

        int status = callweave.execute(
                "bench",
                "scale",
                "--curves=settled",
                "--most=100",
                "--events=500",
                "--warm-up=0",
                "--rounds=1",
                "--partitions=2",
                "--json=" + json);

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
        JsonNode curves = new ObjectMapper().readTree(json.toFile()).path("curves");
        JsonNode point = curves.at("/settled/points/0");
        for (String subject : List.of("callweave", "reference")) {
            assertThat(point.path(subject).path("perSecond"))
                    .as(subject)
                    .hasSize(1)
                    .allMatch(rate -> rate.asDouble() > 0);
        }
        assertThat(point.at("/bytes/state").asLong()).isPositive();
        assertThat(point.at("/bytes/changelogs").asLong()).isPositive();
        JsonNode restart = point.path("restart");
        assertThat(restart.path("changelogBytes").asLong()).isPositive();
        assertThat(restart.path("secondsWithoutState").asDouble()).isPositive();
    }
}
