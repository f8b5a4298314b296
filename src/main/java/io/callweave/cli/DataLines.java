package io.callweave.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;

/** Data for people and scripts on stdout: lines, or rows in columns. */
final class DataLines {

    private static final String GAP = "  ";

    private final PrintWriter out;

    DataLines(PrintWriter out) {
        this.out = out;
    }

    void lines(Collection<String> lines) {
        lines.forEach(line -> out.print(line + "\n"));
        out.flush();
    }

    /** All rows have as many cells; the last one is as long as it is. */
    void table(List<List<String>> rows) {
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

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
