package io.callweave.bench.figures;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table for people: its first column stands on the left, the others on the right. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... heads) {
        rows.add(List.of(heads));
    }

    /** Adds a row with a cell for each column. */
    public void row(String... cells) {
        row(List.of(cells));
    }

    public void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** Prints it; the writer stays open. */
    public void print(PrintWriter out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String format = column == 0 ? "%-" + width(column) + "s" : "  %" + width(column) + "s";
                line.append(format.formatted(row.get(column)));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    }
}
