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
            correctness | --calls=99           | --calls is 99; it must be from 100 to 200,000.
            correctness | --kills=11           | --kills is 11; it must be from 0 to 10.
            correctness | --late-copies=2      | --late-copies is 2.0; it must be from 0 to 1.
            correctness | --deliver=lost=1%    | "lost=1%" is none of shuffled=TIME
            correctness | --subjects=flink     | 'flink' is none of callweave, dsl, session-windows, consumer
            correctness | --json=/no/such/f    | --json is /no/such/f, but the directory
            latency     | --rate=0             | --rate is 0; it must be from 1 to 100,000.
            latency     | --warm-up=-1         | --warm-up is -1; it must be from 0 to 86,400.
            latency     | --seconds=0          | --seconds is 0; it must be from 1 to 86,400.
            latency     | --partitions=201     | --partitions is 201; it must be from 1 to 200.
            latency     | --threads=0          | --threads is 0; it must be from 1 to 64.
            latency     | --accounts=0         | --accounts is 0; it must be from 1 to 1,000,000.
            latency     | --lost=0.6           | --lost is 0.6; it must be from 0 to 0.5.
            latency     | --lost=NaN           | --lost is NaN; it must be from 0 to 0.5.
            latency     | --partition-by=key   | 'key' is neither session nor account
            scale       | --curves=live,live   | --curves names one twice; name each once.
            scale       | --curves=size        | 'size' is none of live, settled, partitions, threads,
            scale       | --most=9             | --most is 9; it must be from 10 to 1,000,000.
            scale       | --events=0           | --events is 0; it must be from 1 to 10,000,000.
            scale       | --warm-up=-1         | --warm-up is -1; it must be from 0 to 10,000,000.
            scale       | --rounds=101         | --rounds is 101; it must be from 1 to 100.
            scale       | --svg=/no/such/place | --svg is /no/such/place; it must be a directory that exists.
            scale       | --json=/no/such/f    | --json is /no/such/f, but the directory
            topology    | --events=0           | --events is 0; it must be from 1 to 100,000,000.
            topology    | --warm-up=-1         | --warm-up is -1; it must be from 0 to 100,000,000.
            topology    | --rounds=0           | --rounds is 0; it must be from 1 to 1,000.
            topology    | --partitions=201     | --partitions is 201; it must be from 1 to 200.
            topology    | --concurrent-calls=0 | --concurrent-calls is 0; it must be from 1 to 1,000,000.
            topology    | --aged=-5            | --aged is -5; it must be from 0 to 10,000,000.
            topology    | --aged=4999          | --aged is 4,999; with 1,000 calls at a time it must be 0, or at least 5,000
            topology    | --linked=101         | --linked is 101; it must be from 0 to 100.
            topology    | --commit-interval=0  | --commit-interval is 0; it must be from 1 to 60,000.
            topology    | --subjects=spark     | 'spark' is none of callweave, callweave-account, callweave-fewer, dsl,
            topology    | --json=/no/such/f    | --json is /no/such/f, but the directory
            windows     | --rounds=0           | --rounds is 0; it must be 1 or more.
            windows     | --calls=0            | There can be 1 to 2,147,483,647 calls, not 0.
            windows     | --extensions=3       | There can be 8 to 80,000 extensions, not 3.
            windows     | --hours=1e9          | The time in which calls begin must be longer than nothing, and 168 hours
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
