package io.callweave.listing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells as lines, in columns that are as wide as they need to be and together no wider than a terminal. */
final class Columns {

    private static final String GAP = "  ";
    private static final String CUT = "\u2026";
    private static final int NARROWEST = 8;

    private Columns() {}

    /** Cells that are too long are cut; what could steer a terminal is not printed. */
    static List<String> lines(List<List<String>> rows, int width) {
        List<List<String>> printable = rows.stream()
                .map(row -> row.stream().map(Columns::printable).toList())
                .toList();
        int[] widths = widths(printable, width);
        List<String> lines = new ArrayList<>();
        for (List<String> row : printable) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = fit(row.get(column), widths[column]);
                line.append(cell)
                        .append(" ".repeat(widths[column] - length(cell)))
                        .append(GAP);
            }
            lines.add(fit(line.toString().stripTrailing(), width));
        }
        return lines;
    }

    /** As long as it is too wide, the widest column gives way. */
    private static int[] widths(List<List<String>> rows, int width) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        int room = width - GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() > room) {
            int widest = 0;
            // Not the first one: a time that is cut says nothing.
            for (int column = 1; column < widths.length; column++) {
                widest = widest == 0 || widths[column] > widths[widest] ? column : widest;
            }
            if (widest == 0 || widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static String fit(String text, int width) {
        return length(text) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + CUT;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Callers choose their names. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
    }
}
