package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code bench bridge} with a broker that is there and then goes away. */
@Tag("full")
class BenchBridgeIT {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldKeepEveryNotificationInEachPhase() throws IOException {
        Path file = directory.resolve("figures.json");

        int status = execute("--warm-up=1", "--seconds=2", "--json=" + file);

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/input/perSecond").asInt()).isEqualTo(50);
        JsonNode phases = json.path("phases");
        assertThat(phases)
                .extracting(phase -> phase.path("name").asText())
                .containsExactly("broker up", "broker goes away", "broker away");
        assertThat(phases).allSatisfy(phase -> {
            assertThat(phase.path("number").asInt()).isEqualTo(100);
            assertThat(phase.path("refused").asInt()).isZero();
            assertThat(phase.path("failed").asInt()).isZero();
            assertThat(phase.path("p50Ms").asDouble()).isPositive();
            assertThat(out.toString())
                    .contains(String.format(
                            Locale.ROOT, "%,.2f", phase.path("longestMs").asDouble()));
        });
    }

    private int execute(String... options) {
        return Callweave.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("bench", "bridge", "--rate=50"), Stream.of(options))
                        .toArray(String[]::new));
    }
}
