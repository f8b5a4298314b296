package io.callweave.listing;

import io.callweave.value.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of cells as lines, in columns that are as wide as they need to be and together no wider than a terminal. */
final class Columns {

    /** Of a column that is never left out. */
    static final int NEVER = Integer.MAX_VALUE;

    private static final String CUT = "\u2026";
    private static final int NARROWEST = 4;

    private final List<Column> columns;
    private final List<List<String>> rows;
    private final int width;

    /**
     * A column.
     *
     * @param leftOut where there is no room, the column with the lowest number is left out first
     * @param enough it stays if those that are never left out are as wide as they need to be, or have this width
     * @param share of the room for those that stay, in relation to the others
     * @param gap what is between it and the next one
     */
    record Column(String title, int leftOut, int enough, int share, String gap) {

        /** Others are left out as a whole: a time that is cut says nothing. */
        boolean stays() {
            return leftOut == NEVER;
        }
    }

    private Columns(List<Column> columns, List<List<String>> rows, int width) {
        this.columns = columns;
        this.rows = rows;
        this.width = width;
    }

    /** Columns that find no room are left out, cells that are too long are cut; what could steer a terminal is not printed. */
    static List<String> lines(List<Column> columns, List<List<String>> rows, int width) {
        List<List<String>> printable = new ArrayList<>();
        printable.add(columns.stream().map(Column::title).toList());
        rows.forEach(row -> printable.add(row.stream().map(Printable::of).toList()));
        return new Columns(columns, printable, width).lines();
    }

    private List<String> lines() {
        List<Integer> shown = shown();
        int[] widths = widths(shown);
        return rows.stream().map(row -> line(row, shown, widths)).toList();
    }

    private String line(List<String> row, List<Integer> shown, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int each : shown) {
            String cell = fit(row.get(each), widths[each]);
            line.append(cell)
                    .append(" ".repeat(widths[each] - length(cell)))
                    .append(columns.get(each).gap());
        }
        return fit(line.toString().stripTrailing(), width);
    }

    /** Those that have room beside each other. */
    private List<Integer> shown() {
        List<Integer> shown =
                new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        List<Integer> leaving = shown.stream()
                .filter(each -> !columns.get(each).stays())
                .sorted(Comparator.comparing(each -> columns.get(each).leftOut()))
                .toList();
        for (Integer each : leaving) {
            if (width(shown, columns.get(each).enough()) <= width) {
                break;
            }
            shown.remove(each);
        }
        return shown;
    }

    /** How wide these are together if those that stay have at most so much. */
    private int width(List<Integer> shown, int most) {
        return gaps(shown)
                + shown.stream()
                        .mapToInt(each -> columns.get(each).stays() ? Math.min(needed(each), most) : needed(each))
                        .sum();
    }

    private int gaps(List<Integer> shown) {
        return shown.stream()
                .limit(shown.size() - 1L)
                .mapToInt(each -> columns.get(each).gap().length())
                .sum();
    }

    private int needed(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    /** As long as it is too wide, the column that is widest for its share gives way. */
    private int[] widths(List<Integer> shown) {
        int[] widths = new int[columns.size()];
        shown.forEach(each -> widths[each] = needed(each));
        int room = width - gaps(shown);
        List<Integer> cuttable =
                shown.stream().filter(each -> columns.get(each).stays()).toList();
        while (shown.stream().mapToInt(each -> widths[each]).sum() > room) {
            int widest = cuttable.stream()
                    .max(Comparator.comparingDouble(
                            each -> (double) widths[each] / columns.get(each).share()))
                    .orElseThrow();
            if (widths[widest] <= NARROWEST) {
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
}
