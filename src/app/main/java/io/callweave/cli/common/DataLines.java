package io.callweave.cli.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.value.Printable;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Data for people and scripts on stdout: lines, rows in columns, or JSON. Texts of others do not control a terminal. */
public final class DataLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String GAP = "  ";

    private final PrintWriter out;

    public DataLines(PrintWriter out) {
        this.out = out;
    }

    public void lines(Collection<String> lines) {
        lines.forEach(line -> out.print(Printable.of(line) + "\n"));
        out.flush();
    }

    /** All rows have as many cells; the last one is as long as it is. */
    public void table(List<List<String>> cells) {
        List<List<String>> rows = cells.stream()
                .map(row -> row.stream().map(Printable::of).toList())
                .toList();
        int last = rows.get(0).size() - 1;
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < last; column++) {
                String cell = row.get(column);
                line.append(cell)
                        .append(" ".repeat(width(rows, column) - cell.length()))
                        .append(GAP);
            }
            out.print(line.append(row.get(last)).append('\n'));
        }
        out.flush();
    }

    /** One JSON array, with an element on each line; null is null. */
    public void json(Collection<? extends Map<String, ?>> elements) {
        if (elements.isEmpty()) {
            out.print("[]\n");
            out.flush();
            return;
        }
        out.print(elements.stream().map(DataLines::json).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n")));
        out.flush();
    }

    /** An element for {@link #json}: name, value, name, value. */
    public static Map<String, @Nullable Object> element(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> element = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            element.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return element;
    }

    private static String json(Map<String, ?> element) {
        try {
            return Printable.inJson(JSON.writeValueAsString(element));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
