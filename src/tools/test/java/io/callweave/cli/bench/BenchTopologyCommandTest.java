package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchTopologyCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @CsvSource({
        "--events=0, '--events is 0; it must be from 1 to 100,000,000.'",
        "--warm-up=-1, '--warm-up is -1; it must be from 0 to 100,000,000.'",
        "--rounds=0, '--rounds is 0; it must be from 1 to 1,000.'",
        "--partitions=201, '--partitions is 201; it must be from 1 to 200.'",
        "--threads=0, '--threads is 0; it must be from 1 to 64.'",
        "--accounts=0, '--accounts is 0; it must be from 1 to 1,000,000.'",
        "--concurrent-calls=0, '--concurrent-calls is 0; it must be from 1 to 1,000,000.'",
        "--aged=-5, '--aged is -5; it must be from 0 to 10,000,000.'",
        "--aged=4999, '--aged is 4,999; with 1,000 calls at a time it must be 0, or at least 5,000: calls must end before they are closed.'",
        "--linked=101, '--linked is 101; it must be from 0 to 100.'",
        "--subjects=spark, '''spark'' is none of callweave, callweave-account'",
        "--json=/no/such/place/figures.json, '--json is /no/such/place/figures.json, but the directory'"
    })
    void shouldSayWhichSizeCannotBe(String option, String sentence) {
        int status = callweave.execute("bench", "topology", option);

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: " + sentence);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldNameItsOptionsInItsHelp() {
        int status = callweave.execute("bench", "topology", "--help");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .contains("--aged=N", "--accounts=N", "--warm-up=N", "--json=FILE", "Partitions (12).");
    }
}
