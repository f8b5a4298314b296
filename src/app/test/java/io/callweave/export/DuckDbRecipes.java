package io.callweave.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The SQL of docs/pipelines.md for DuckDB. */
public final class DuckDbRecipes {

    private static final Pattern SQL = Pattern.compile("(?s)```sql\n(.*?)```");

    private DuckDbRecipes() {}

    /** The last statement of a recipe. */
    public static String query(int recipe) throws IOException {
        return query(recipe, 0);
    }

    static String query(int recipe, int beforeTheLast) throws IOException {
        String[] statements = all().get(recipe).split(";", -1);
        return statements[statements.length - 2 - beforeTheLast];
    }

    static List<String> all() throws IOException {
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
