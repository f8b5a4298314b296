package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command {@code bench latency} on a broker. The bench itself checks that each notification led to an event. */
@Tag("full")
class BenchLatencyIT {

    /** The default of {@code ordering.gap-grace}. */
    private static final double GRACE_MS = 500;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void shouldMeasureApartWhatFollowsALostNotification() throws IOException {
        Path file = directory.resolve("figures.json");

        execute("--lost=0.1", "--json=" + file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        double[] afterLost = figures("first after a lost notification");
        double[] others = figures("first party event of a notification");
        assertThat(afterLost[0]).isPositive();
        assertThat(afterLost[0] + others[0]).isLessThan(300);
        assertThat(figures("call, of those that are over at once")[0]).isPositive();
        assertThat(afterLost[1]).isGreaterThanOrEqualTo(GRACE_MS);
        assertThat(json.at("/partyEventsAfterLost/number").asDouble()).isEqualTo(afterLost[0]);
        assertThat(json.at("/partyEventsAfterLost/p50Ms").asDouble()).isCloseTo(afterLost[1], within(0.05));
        assertThat(json.at("/partyEvents/number").asDouble()).isEqualTo(others[0]);
        assertThat(json.at("/input/lostShare").asDouble()).isEqualTo(0.1);
        assertThat(json.path("day").asText()).matches("\\d{4}-\\d{2}-\\d{2}");
    }

    private void execute(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "bench", "latency", "--rate=100", "--warm-up=1", "--seconds=3", "--partitions=2", "--accounts=3"));
        arguments.addAll(List.of(more));

        int status = callweave.execute(arguments.toArray(String[]::new));

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
    }

    /** The number, three percentiles and the longest. */
    private double[] figures(String of) {
        String line = out.toString()
                .lines()
                .filter(one -> one.startsWith(of))
                .findFirst()
                .orElseThrow();
        try (Scanner scanner = new Scanner(line.substring(of.length()).replace(",", ""))) {
            return scanner.tokens().mapToDouble(Double::parseDouble).toArray();
        }
    }
}
