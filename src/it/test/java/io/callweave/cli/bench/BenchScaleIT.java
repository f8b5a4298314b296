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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The command {@code bench scale} on a broker. The bench itself checks that all work was done.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES) // for what would hang
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
                "--curves=restore",
                "--most=200",
                "--events=500",
                "--warm-up=0",
                "--rounds=1",
                "--json=" + json,
                "--svg=" + directory);

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
        JsonNode curves = new ObjectMapper().readTree(json.toFile()).path("curves");
        JsonNode point = curves.at("/restore/points/0");
        for (String subject : List.of("callweave", "reference")) {
            assertThat(point.path(subject).path("perSecond"))
                    .as(subject)
                    .hasSize(1)
                    .allMatch(rate -> rate.asDouble() > 0);
        }
        assertThat(point.at("/bytes/changelogs").asLong()).isPositive();
        assertThat(directory.resolve("scale-restore.svg")).isNotEmptyFile();
        JsonNode restart = point.path("restart");
        assertThat(restart.path("restoredRecords").asLong()).isGreaterThan(200);
        assertThat(restart.path("secondsWithoutState").asDouble()).isPositive();
    }
}
