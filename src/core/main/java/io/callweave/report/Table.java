package io.callweave.report;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One table of a report: a part of the page and a CSV file.
 *
 * @param name of the file, without its ending
 * @param empty what the page says if there are no rows, and what to do about it
 */
public record Table(String name, String title, String empty, List<Column> columns, List<List<Cell>> rows) {

    /**
     * A column.
     *
     * @param field its heading in CSV, in the style of the records
     * @param heading its heading on the page
     * @param explanation what the figure means; empty if the heading says it
     * @param numeric whether it is aligned to the right
     */
    public record Column(String field, String heading, String explanation, boolean numeric) {}

    /** Puts a table together. */
    static final class Builder {

        private final String name;
        private final String title;
        private final String empty;
        private final List<Column> columns = new ArrayList<>();
        private final List<Supplier<List<Cell>>> rows = new ArrayList<>();

        Builder(String name, String title, String empty) {
            this.name = name;
            this.title = title;
            this.empty = empty;
        }

        Builder text(String field, String heading) {
            columns.add(new Column(field, heading, "", false));
            return this;
        }

        Builder figure(String field, String heading, String explanation) {
            columns.add(new Column(field, heading, explanation, true));
            return this;
        }

        void row(Cell... cells) {
            if (cells.length != columns.size()) {
                throw new IllegalArgumentException(
                        name + " has " + columns.size() + " columns, and a row has " + cells.length + ".");
            }
            List<Cell> row = List.of(cells);
            rows.add(() -> row);
        }

        /** A row that is made each time it is read: there can be more than fit in memory. */
        void row(Supplier<List<Cell>> row) {
            rows.add(row);
        }

        Table end() {
            return new Table(name, title, empty, List.copyOf(columns), new Rows(List.copyOf(rows)));
        }
    }

    private static final class Rows extends AbstractList<List<Cell>> {

        private final List<Supplier<List<Cell>>> rows;

        Rows(List<Supplier<List<Cell>>> rows) {
            this.rows = rows;
        }

        @Override
        public List<Cell> get(int place) {
            return rows.get(place).get();
        }

        @Override
        public int size() {
            return rows.size();
        }
    }
}
