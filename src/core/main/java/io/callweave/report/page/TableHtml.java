package io.callweave.report.page;

import io.callweave.report.Cell;
import io.callweave.report.Table;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables as HTML. Ids are for programs, and so only in the CSV files; the account is shown if there are several. */
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

    private final ReportWords words;
    private final boolean severalAccounts;

    TableHtml(ReportWords words, Collection<Table> all) {
        this.words = words;
        this.severalAccounts =
                all.stream().flatMap(TableHtml::accounts).distinct().count() > 1;
    }

    private static Stream<Cell> accounts(Table table) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> table.columns().get(i).field().equals(ACCOUNT))
                .boxed()
                .flatMap(i -> table.rows().stream().map(row -> row.get(i)))
                .filter(account -> !account.equals(Cell.NONE));
    }

    /** A table, or a sentence where there are no rows. */
    String of(Table table) {
        if (table.rows().isEmpty()) {
            return "<p class=\"empty\">" + Html.escape(table.empty()) + "</p>";
        }
        int[] shown = shown(table);
        StringBuilder html = new StringBuilder(1 << 12);
        html.append("<div class=\"scroll")
                .append(shown.length > FEW_COLUMNS ? "" : " few")
                .append("\" tabindex=\"0\"><table><thead><tr>");
        for (int i : shown) {
            Table.Column column = table.columns().get(i);
            html.append("<th scope=\"col\"").append(column.numeric() ? " class=\"n\"" : "");
            html.append('>').append(Html.escape(column.heading())).append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (List<Cell> row : table.rows()) {
            html.append("<tr").append(style(row)).append('>');
            for (int i : shown) {
                cell(html, row.get(i), table.columns().get(i).numeric(), i == 0);
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>").toString();
    }

    /** The same, and below it what the figures mean: for readers on paper, on a phone and without a mouse, too. */
    String explained(Table table) {
        if (table.rows().isEmpty()) {
            return of(table);
        }
        StringBuilder html = new StringBuilder(of(table)).append("<dl class=\"meaning\">");
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
        return html.append("</dl>").toString();
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

    private void cell(StringBuilder html, Cell cell, boolean numeric, boolean heading) {
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
