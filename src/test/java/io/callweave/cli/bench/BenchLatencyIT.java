package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command {@code bench latency} on a broker. The bench itself checks that each notification led to an event. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // for what would hang
class BenchLatencyIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @ValueSource(strings = {"session", "account"})
    void shouldMeasureEachNotificationButThoseOfTheWarmUp(String partitionBy) {
        int status = callweave.execute(
                "bench",
                "latency",
                "--rate=100",
                "--warm-up=2",
                "--seconds=6",
                "--partitions=2",
                "--accounts=3",
                "--partition-by=" + partitionBy);

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
        double[] events = figures("first party event of a notification");
        double[] calls = figures("call, of those that are over at once");
        assertThat(events[0]).isEqualTo(600);
        assertThat(calls[0]).isPositive();
        for (double[] figures : new double[][] {events, calls}) {
            // Percentiles.
            assertThat(figures[1]).isPositive();
            assertThat(figures).hasSize(5);
            assertThat(Arrays.copyOfRange(figures, 1, 5)).isSorted();
        }
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
