package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.metrics.Scope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchWindowsCommandTest {

    private static final int FIGURES = 5;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void shouldPrintFiguresThatAddUp() {
        int status = callweave.execute(
                "bench",
                "windows",
                "--calls=40",
                "--extensions=10",
                "--queues=2",
                "--departments=2",
                "--numbers=20",
                "--hours=0.1",
                "--rounds=2");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .startsWith("40 calls of one account in 0.10 h, 10 extensions, 2 queues, 2 departments, ");
        List<String> parts =
                new ArrayList<>(Stream.of(Scope.values()).map(Scope::wireName).toList());
        parts.add("calls and their days");
        double[] together = figures("together");
        for (int i = 0; i < FIGURES; i++) {
            int column = i;
            assertThat(parts.stream().mapToDouble(part -> figures(part)[column]).sum())
                    .as("column %d", column)
                    .isPositive()
                    // Each is rounded.
                    .isCloseTo(together[column], within(parts.size() / 2.0));
        }
    }

    private double[] figures(String part) {
        String line = out.toString()
                .lines()
                .filter(each -> each.startsWith(part + " "))
                .findFirst()
                .orElseThrow();
        return Stream.of(line.substring(part.length()).trim().split("\\s+"))
                .limit(FIGURES)
                .mapToDouble(figure -> Double.parseDouble(figure.replace(",", "")))
                .toArray();
    }
}
