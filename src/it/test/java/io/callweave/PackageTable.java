package io.callweave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of packages in {@code docs/architecture.md}, from the top down.
 *
 * @param rows in their order
 */
record PackageTable(List<Row> rows) {

    static final Path FILE = Path.of("docs", "architecture.md");
    private static final Pattern ROW = Pattern.compile("(?m)^`([a-z.]+)` \\(`(\\w+)`\\) \\| (.+)$");

    /**
     * A package.
     *
     * @param name below that of the product
     * @param text what it does
     * @param mainClass where to begin to read
     */
    record Row(String name, String text, String mainClass) {}

    static PackageTable read() {
        try {
            return of(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PackageTable of(String markdown) {
        return new PackageTable(ROW.matcher(markdown)
                .results()
                .map(row -> new Row(row.group(1), row.group(3), row.group(2)))
                .toList());
    }

    /** The document with the first sentence of each package in the row of that package. */
    static String withTexts(String markdown, Map<String, String> descriptions) {
        return ROW.matcher(markdown).replaceAll(row -> {
            String text = descriptions.getOrDefault(row.group(1), row.group(3)).split("\\.(?: |$)", 2)[0];
            return Matcher.quoteReplacement(row.group().replace("| " + row.group(3), "| " + text));
        });
    }

    List<String> names() {
        return rows.stream().map(Row::name).toList();
    }

    /** Those arrows that lead from a package to one that does not stand below it. */
    List<Sources.Arrow> upward(List<Sources.Arrow> arrows) {
        List<String> names = names();
        return arrows.stream()
                .filter(arrow -> names.indexOf(arrow.from()) >= names.indexOf(arrow.to()))
                .toList();
    }
}
