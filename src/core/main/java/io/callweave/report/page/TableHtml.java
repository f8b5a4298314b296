package io.callweave.report.page;

import io.callweave.report.Cell;
import io.callweave.report.Table;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tables as HTML, written as a stream. Ids are for programs, and so only in the CSV files, which also have all rows; the
 * account is shown if there are several.
 */
final class TableHtml {

    /** What the service level is made of is in the CSV files too: the page has the share. */
    private static final List<String> FILES_ONLY =
            List.of("queueExtensionId", "extensionId", "callId", "answeredWithin", "counted", "handleMs");

    private static final String SHORT = "shortAbandons";
    private static final String FAX = "fax";
    private static final String GOAL = "goal";
    private static final String THRESHOLD = "thresholdMs";

    /** A table with more columns takes the whole width. */
    private static final int FEW_COLUMNS = 5;

    private static final String ACCOUNT = "accountId";

    /** Rows of an account; as many as the console shows. */
    private static final int MOST_OF_ACCOUNT = 2_000;

    /** What decides which rows are shown if there are more. */
    private static final List<String> CALLS = List.of("calls", "offered");

    private final ReportWords words;
    private final boolean severalAccounts;

    TableHtml(ReportWords words, Collection<Table> all) {
        this.words = words;
        this.severalAccounts =
                all.stream().flatMap(TableHtml::accounts).distinct().limit(2).count() > 1;
    }

    private static Stream<Cell> accounts(Table table) {
        int place = place(table, List.of(ACCOUNT));
        return place < 0
                ? Stream.empty()
                : table.rows().stream().map(row -> row.get(place)).filter(account -> !account.equals(Cell.NONE));
    }

    /** A table, or a sentence where there are no rows. */
    void write(Table table, Appendable html) throws IOException {
        if (table.rows().isEmpty()) {
            html.append("<p class=\"empty\">")
                    .append(Html.escape(table.empty()))
                    .append("</p>");
            return;
        }
        int[] shown = shown(table);
        int[] rows = mostCalls(table);
        html.append("<div class=\"scroll")
                .append(shown.length > FEW_COLUMNS ? "" : " few")
                .append("\" tabindex=\"0\"><table><thead><tr>");
        for (int i : shown) {
            Table.Column column = table.columns().get(i);
            html.append("<th scope=\"col\"").append(column.numeric() ? " class=\"n\"" : "");
            html.append('>').append(Html.escape(column.heading())).append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (int place : rows) {
            List<Cell> row = table.rows().get(place);
            html.append("<tr").append(style(row)).append('>');
            for (int i : shown) {
                cell(html, row.get(i), table.columns().get(i).numeric(), i == 0);
            }
            html.append("</tr>");
        }
        html.append("</tbody></table></div>");
        if (rows.length < table.rows().size()) {
            html.append(Html.paragraph("Shown are " + ReportWords.number(rows.length) + " of "
                    + ReportWords.number(table.rows().size()) + " rows: of each account the "
                    + ReportWords.number(MOST_OF_ACCOUNT) + " with most calls. The CSV file has the others too."));
        }
    }

    /** The places of the rows that are shown, in the order of the table. */
    private static int[] mostCalls(Table table) {
        int account = place(table, List.of(ACCOUNT));
        int size = table.rows().size();
        if (account < 0 || size <= MOST_OF_ACCOUNT) {
            return IntStream.range(0, size).toArray();
        }
        int calls = place(table, CALLS);
        long[] numbers = table.rows().stream()
                .mapToLong(row -> calls >= 0 && row.get(calls) instanceof Cell.Whole number ? number.value() : 0)
                .toArray();
        Map<Cell, Integer> shown = new HashMap<>();
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong(i -> -numbers[i]))
                .filter(i -> shown.merge(table.rows().get(i).get(account), 1, Integer::sum) <= MOST_OF_ACCOUNT)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** The same, and below it what the figures mean: for readers on paper, on a phone and without a mouse, too. */
    void explained(Table table, Appendable html) throws IOException {
        write(table, html);
        if (table.rows().isEmpty()) {
            return;
        }
        html.append("<dl class=\"meaning\">");
        for (int i : shown(table)) {
            Table.Column column = table.columns().get(i);
            if (!column.explanation().isEmpty()) {
                html.append("<div><dt>")
                        .append(Html.escape(column.heading()))
                        .append("</dt><dd>")
                        .append(Html.escape(column.explanation()))
                        .append("</dd></div>");
            }
        }
        html.append("</dl>");
    }

    /** Of the first column with one of these fields; -1 if there is none. */
    private static int place(Table table, List<String> fields) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> fields.contains(table.columns().get(i).field()))
                .findFirst()
                .orElse(-1);
    }

    private int[] shown(Table table) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> isShown(table, i))
                .toArray();
    }

    /** The colour of a row that has a goal; the words are in its cell. */
    private static String style(List<Cell> row) {
        return row.stream()
                .filter(cell -> cell instanceof Cell.Goal goal && goal.reached() != null)
                .map(cell ->
                        Boolean.TRUE.equals(((Cell.Goal) cell).reached()) ? " class=\"reached\"" : " class=\"below\"")
                .findFirst()
                .orElse("");
    }

    private void cell(Appendable html, Cell cell, boolean numeric, boolean heading) throws IOException {
        String text = Html.escape(words.of(cell));
        boolean goal = cell instanceof Cell.Goal;
        boolean zero = cell instanceof Cell.Whole number && number.value() == 0;
        String styles = (numeric ? "n" : "") + (goal ? " goal" : "") + (zero || text.isEmpty() ? " zero" : "");
        html.append(heading ? "<th scope=\"row\"" : "<td");
        if (!styles.isBlank()) {
            html.append(" class=\"").append(styles.strip()).append('"');
        }
        html.append('>').append(text.isEmpty() ? "–" : text).append(heading ? "</th>" : "</td>");
    }

    private boolean isShown(Table table, int place) {
        String field = table.columns().get(place).field();
        return switch (field) {
            case ACCOUNT -> severalAccounts;
            case SHORT, FAX ->
                table.rows().stream().anyMatch(row -> !row.get(place).equals(Cell.number(0)));
            case THRESHOLD ->
                table.rows().stream().map(row -> row.get(place)).distinct().count() > 1;
            case GOAL -> table.rows().stream().anyMatch(row -> !row.get(place).equals(Cell.NONE));
            default -> !FILES_ONLY.contains(field);
        };
    }
}
