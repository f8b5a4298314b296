package io.callweave.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.testcalls.ExpectedCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL of docs/pipelines.md for DuckDB, on files that the command of that page has written. */
class PipelinesPageTest {

    private static final Pattern SQL = Pattern.compile("(?s)```sql\n(.*?)```");

    @TempDir
    private Path directory;

    @Test
    void shouldRunTheRecipesForDuckDb() throws Exception {
        int status = Callweave.commandLine()
                .execute(
                        "export",
                        ExpectedCalls.path("acceptance/queues.ndjson").toString(),
                        "--what=calls,rows,windows",
                        "--format=parquet",
                        "--out=" + directory);
        assertThat(status).isEqualTo(ExitStatus.DONE);

        try (DuckDb duck = new DuckDb(directory)) {
            for (String recipe : recipes()) {
                for (String statement : recipe.replace("'lake'", "'" + directory.resolve("lake") + "'")
                        .split(";", -1)) {
                    if (!statement.isBlank()) {
                        duck.execute(statement);
                    }
                }
            }
            assertThat(duck.rows("SELECT sum(calls), sum(answered) FROM (" + query(0) + ")"))
                    .isEqualTo(duck.rows("SELECT count(*)::VARCHAR, count(answerTime)::VARCHAR FROM 'calls.parquet'"));
            assertThat(duck.rows("SELECT sum(calls), sum(answered) FROM (" + query(1) + ")"))
                    .isEqualTo(duck.rows("SELECT sum(calls), sum(answered) FROM 'windows.parquet'"
                            + " WHERE scope = 'queue' AND \"window\" = 'P1D'"));
            assertThat(duck.rows("SELECT count(*) FROM '" + directory + "/lake/*/*.parquet'"))
                    .isEqualTo(duck.rows("SELECT count(*) FROM 'calls.parquet'"));
        }
    }

    /** The last statement of a recipe. */
    private static String query(int recipe) throws Exception {
        String[] statements = recipes().get(recipe).split(";", -1);
        return statements[statements.length - 2];
    }

    private static List<String> recipes() throws Exception {
        String page = Files.readString(Path.of("docs", "pipelines.md"));
        int begin = page.indexOf("## Files and DuckDB");
        int end = page.indexOf("\n## ", begin + 1);
        List<String> recipes = SQL.matcher(end < 0 ? page.substring(begin) : page.substring(begin, end))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(recipes).hasSizeGreaterThan(3);
        return recipes;
    }
}
