package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCorrectnessCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave = BenchCorrectnessCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @CsvSource({
        "--calls=99, '--calls is 99; it must be from 100 to 200,000.'",
        "--kills=11, '--kills is 11; it must be from 0 to 10.'",
        "--late-copies=2, '--late-copies is 2; it must be from 0 to 1.'",
        "--deliver=lost=1%, '\"lost=1%\" is none of shuffled=TIME'",
        "--subjects=flink, '''flink'' is none of callweave, callweave-account, dsl, flink-heap, flink-rocksdb, postgresql-calls, postgresql-all'",
        "--json=/no/such/place/figures.json, '--json is /no/such/place/figures.json, but the directory'"
    })
    void shouldSayWhatCannotBe(String option, String sentence) {
        int status = callweave.execute("bench", "correctness", option);

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: " + sentence);
        assertThat(out.toString()).isEmpty();
    }
}
