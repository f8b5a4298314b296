package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchScaleCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--curves=size | Invalid value for option '--curves' (NAME): expected one of [LIVE, live, SETTLED,",
                "--most=9 | --most is 9; it must be from 10 to 1,000,000.",
                "--events=0 | --events is 0; it must be from 1 to 100,000,000.",
                "--warm-up=-1 | --warm-up is -1; it must be from 0 to 100,000,000.",
                "--rounds=1001 | --rounds is 1,001; it must be from 1 to 1,000.",
                "--json=/no/such/place/figures.json | --json is /no/such/place/figures.json, but the directory"
            })
    void shouldSayWhichOptionCannotBe(String option, String sentence) {
        int status = callweave.execute("bench", "scale", option);

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: " + sentence);
        assertThat(out.toString()).isEmpty();
    }
}
