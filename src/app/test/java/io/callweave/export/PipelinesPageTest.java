package io.callweave.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.testcalls.ExpectedCalls;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL of docs/pipelines.md for DuckDB, on files that the command of that page has written. */
class PipelinesPageTest {

    @TempDir
    private Path directory;

    @Test
    void shouldRunTheRecipesForDuckDb() throws Exception {
        export("queues");

        try (DuckDb duck = new DuckDb(directory)) {
            for (String recipe : DuckDbRecipes.all()) {
                for (String statement : recipe.replace("'lake'", "'" + directory.resolve("lake") + "'")
                        .split(";", -1)) {
                    if (!statement.isBlank()) {
                        duck.execute(statement);
                    }
                }
            }
            assertThat(duck.rows("SELECT sum(visits), sum(answered) FROM (" + DuckDbRecipes.query(1) + ")"
                            + " WHERE queueExtensionId IS NOT NULL"))
                    .isEqualTo(duck.rows("SELECT sum(calls - fax), sum(answered) FROM 'windows.parquet'"
                            + " WHERE scope = 'queue' AND \"window\" = 'P1D'"));
            assertThat(duck.rows("SELECT count(*) FROM '" + directory + "/lake/*/*.parquet'"))
                    .isEqualTo(duck.rows("SELECT count(*) FROM 'calls.parquet'"));
        }
    }

    /** The files have faxes, conferences, calls of a monitor, and agents whom a queue rang. */
    @ParameterizedTest
    @ValueSource(strings = {"kinds", "queues"})
    void shouldFindTheFiguresOfAReport(String recorded) throws Exception {
        export(recorded);
        assertThat(run("report", notifications(recorded), "--out=" + directory)).isEqualTo(ExitStatus.DONE);

        try (DuckDb duck = new DuckDb(directory)) {
            assertThat(duck.rows("SELECT sum(calls), sum(answered) FROM (" + DuckDbRecipes.query(0) + ")"))
                    .isEqualTo(duck.rows("SELECT sum(calls), sum(answered) FROM 'days.csv'"));
            assertThat(duck.rows("SELECT a.extensionId, r.calls, round(r.talkMinutes * 60000)::BIGINT"
                            + " FROM 'agents.csv' a LEFT JOIN (" + DuckDbRecipes.query(2, 1) + ") r"
                            + " ON r.extensionId = a.extensionId::VARCHAR ORDER BY 1"))
                    .isNotEmpty()
                    .isEqualTo(duck.rows("SELECT extensionId, calls, talkMs FROM 'agents.csv' ORDER BY 1"));
            assertThat(duck.rows("SELECT coalesce(sum(again), 0) FROM (" + DuckDbRecipes.query(2) + ")"))
                    .isEqualTo(duck.rows(
                            "SELECT coalesce(sum(TRY_CAST(repeats AS BIGINT)), 0) FROM 'repeat-callers.csv'"));
        }
    }

    private void export(String recorded) {
        String kinds = "--what=calls,rows,windows";
        assertThat(run("export", notifications(recorded), kinds, "--format=parquet", "--out=" + directory))
                .isEqualTo(ExitStatus.DONE);
    }

    private static int run(String... words) {
        return Callweave.commandLine().execute(words);
    }

    private static String notifications(String recorded) {
        return ExpectedCalls.path("acceptance/" + recorded + ".ndjson").toString();
    }
}
