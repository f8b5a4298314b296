package io.callweave.bench.competitors;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CompetitorsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            CompetitorsCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @CsvSource({
        "--events=0, '--events is 0; it must be from 1 to 100,000,000.'",
        "--rounds=0, '--rounds is 0; it must be from 1 to 1,000.'",
        "--partitions=201, '--partitions is 201; it must be from 1 to 200.'",
        "--threads=0, '--threads is 0; it must be from 1 to 64.'",
        "--json=/no/such/place/figures.json, '--json is /no/such/place/figures.json, but the directory'"
    })
    void shouldSayWhichOptionCannotBe(String option, String sentence) {
        int status = callweave.execute("bench", "competitors", option);

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: " + sentence);
    }

    @Test
    void shouldSayWhichSubjectsThereAre() {
        int status = callweave.execute("bench", "competitors", "--subjects=spark");

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString())
                .contains("'spark' is none of callweave, callweave-account, callweave-fewer, dsl, flink-heap,"
                        + " flink-rocksdb, postgresql-calls, postgresql-all");
    }

    @Test
    void shouldKnowAllSubjectsOfWrongCalls() {
        int status = callweave.execute("bench", "competitors", "correctness", "--subjects=postgresql-all");

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString())
                .contains("'postgresql-all' is none of callweave, dsl, session-windows, consumer, flink-heap,"
                        + " flink-rocksdb, postgresql-calls");
    }

    @Test
    void shouldNameAllSubjectsInItsHelp() {
        int status = callweave.execute("bench", "competitors", "--help");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString().replaceAll("\\s+", " ")).contains(Competitor.labels() + " (all).");
    }
}
