package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchUsageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            latency  | --rate=0         | --rate is 0; it must be from 1 to 100,000.
            latency  | --lost=NaN       | --lost is NaN; it must be from 0 to 0.5.
            latency  | --topics-prefix=x. | --bootstrap-servers and --topics-prefix must be given together
            latency  | --partitions=201 | --partitions is 201; it must be from 1 to 200.
            latency  | --json=/no/such/f | --json is /no/such/f, but the directory /no/such does not exist.
            bridge   | --rate=0         | --rate is 0; it must be from 1 to 100,000.
            faults   | --faults=flood   | "flood" is none of streams-killed, streams-stopped
            scale    | --most=9         | --most is 9; it must be from 10 to 1,000,000.
            scale    | --events=0       | --events is 0; it must be from 1 to 100,000,000.
            topology | --aged=4999      | --aged is 4,999; with 1,000 calls at a time it must be 0, or at least 5,000
            topology | --linked=101     | --linked is 101; it must be from 0 to 100.
            topology | --subjects=spark | 'spark' is none of callweave, callweave-account, callweave-fewer
            """)
    void shouldSayWhatIsAllowed(String bench, String option, String sentence) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int status = Callweave.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("bench", bench, option);

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: ").contains(sentence);
        assertThat(out.toString()).isEmpty();
    }
}
