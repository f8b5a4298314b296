package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchLatencyCommandTest {

    private final StringWriter err = new StringWriter();
    private final CommandLine callweave = Callweave.commandLine()
            .setOut(new PrintWriter(new StringWriter(), true))
            .setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @CsvSource({
        "--rate=0, '--rate is 0; it must be from 1 to 100,000.'",
        "--warm-up=-1, '--warm-up is -1; it must be from 0 to 86,400.'",
        "--seconds=0, '--seconds is 0; it must be from 1 to 86,400.'",
        "--partitions=201, '--partitions is 201; it must be from 1 to 200.'",
        "--threads=0, '--threads is 0; it must be from 1 to 64.'",
        "--accounts=0, '--accounts is 0; it must be from 1 to 1,000,000.'",
        "--lost=0.6, '--lost is 0.6; it must be from 0 to 0.5.'",
        "--lost=NaN, '--lost is NaN; it must be from 0 to 0.5.'",
        "--partition-by=key, '--partition-by is ''key''; it must be session or account.'",
    })
    void shouldSayWhatIsAllowed(String option, String sentence) {
        int status = callweave.execute("bench", "latency", option);

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains(sentence);
    }
}
