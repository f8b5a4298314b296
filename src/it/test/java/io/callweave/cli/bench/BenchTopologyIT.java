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

/** The command {@code bench topology} on a broker, with the least input. The bench itself checks that all work was done. */
@Tag("full")
class BenchTopologyIT {

    private static final List<String> SUBJECTS = List.of("callweave", "callweave-account", "callweave-fewer");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void shouldMeasureAllSubjectsOnTheSameCalls() throws Exception {
        Path json = directory.resolve("figures.json");

        int status = callweave.execute(
                "bench",
                "topology",
                "--events=1000",
                "--warm-up=0",
                "--rounds=1",
                "--partitions=2",
                "--accounts=3",
                "--aged=0",
                "--concurrent-calls=50",
                "--json=" + json);

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        for (String subject : SUBJECTS) {
            assertThat(out.toString().lines()).anyMatch(line -> line.startsWith("subjects " + subject + " perSecond "));
            for (String figure : List.of("perSecond", "cpuSecondsPerMillion")) {
                assertThat(figures.path("subjects").path(subject).path(figure))
                        .as("%s of %s", figure, subject)
                        .hasSize(1)
                        .allMatch(value -> value.asDouble() > 0);
            }
        }
        // About one each: what a slow machine makes Kafka Streams undo is sent again, and the counters of a producer
        // that it replaces are gone.
        assertThat(figures.at("/subjects/callweave/recordsPerNotification/party-events")
                        .asDouble())
                .isBetween(0.5, 2.0);
        assertThat(figures.at("/input/events").asInt()).isEqualTo(1_000);
    }
}
