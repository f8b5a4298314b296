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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "--rounds=0, '--rounds is 0; it must be 1 or more.'",
        "--calls=0, 'There can be 1 to 2,147,483,647 calls, not 0.'",
        "--extensions=3, 'There can be 8 to 80,000 extensions, not 3.'",
        "--hours=0, 'The time in which calls begin must be longer than nothing, and 168 hours at the most.'",
        "--hours=1e9, 'The time in which calls begin must be longer than nothing, and 168 hours at the most.'"
    })
    void shouldSayWhichSizeCannotBe(String option, String sentence) {
        int status = callweave.execute("bench", "windows", option);

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: " + sentence);
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
