package io.callweave.report.page;

import io.callweave.audit.Audit;
import io.callweave.audit.AuditDifference.Kind;
import io.callweave.report.AuditTables;
import io.callweave.report.Table;
import java.io.IOException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Comparisons with the Call Log as one HTML page that loads nothing and has no script. */
public final class AuditPage {

    private final Map<String, Audit> audits;
    private final String period;
    private final List<String> notes;
    private final ReportWords words;

    /**
     * Begins one.
     *
     * @param audits by account
     * @param period what was compared, in words
     * @param notes each a sentence
     * @param numbersShown whether phone numbers are written in full
     */
    public AuditPage(Map<String, Audit> audits, String period, ZoneId zone, List<String> notes, boolean numbersShown) {
        this.audits = audits;
        this.period = period;
        this.notes = List.copyOf(notes);
        words = new ReportWords(zone, numbersShown);
    }

    /** Writes the whole page. */
    public void write(Appendable out) throws IOException {
        Table counts = AuditTables.counts(audits);
        Table differences = AuditTables.differences(audits.values(), words::phone);
        TableHtml tables = new TableHtml(words, List.of(counts, differences));
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("POLICY", "'none'");
        parts.put("STYLE", Assets.read("report.css"));
        parts.put("HEADING", "Calls and RingCentral’s log");
        parts.put("TITLE", Html.escape("Calls and RingCentral’s log, " + period));
        parts.put("PERIOD", Html.escape(period));
        parts.put("SCOPE", Html.escape("account " + String.join(", ", audits.keySet())));
        StringBuilder said = new StringBuilder();
        notes.forEach(note -> said.append(Html.paragraph(note)));
        parts.put("NOTES", said.toString());
        parts.put("SCRIPTS", "");
        ReportPage.fill(parts, out, html -> {
            html.append(tiles());
            for (Table table : List.of(counts, differences)) {
                html.append("<section><h2>").append(Html.escape(table.title())).append("</h2>");
                tables.explained(table, html);
                html.append("</section>");
            }
        });
    }

    private String tiles() {
        long compared = audits.values().stream().mapToLong(Audit::compared).sum();
        StringBuilder html = new StringBuilder("<ul class=\"tiles\">");
        tile(html, "Equal", count(Kind.EQUAL), compared);
        tile(html, "Different", count(Kind.DIFFERS), compared);
        tile(html, "Only here", count(Kind.ONLY_HERE), compared);
        tile(html, "Only in the log", count(Kind.ONLY_THERE), compared);
        tile(html, "Partial here", count(Kind.PARTIAL), compared);
        tile(html, "Log not settled", count(Kind.UNSETTLED), compared);
        return html.append("</ul>").toString();
    }

    private long count(Kind kind) {
        return audits.values().stream().mapToLong(audit -> audit.count(kind)).sum();
    }

    private static void tile(StringBuilder html, String title, long count, long of) {
        html.append("<li><span class=\"what\">")
                .append(title)
                .append("</span><strong>")
                .append(ReportWords.number(count))
                .append("</strong><span class=\"detail\">")
                .append(of == 0 ? "of 0 sessions" : ReportWords.percent(count, of) + " of " + ReportWords.number(of))
                .append("</span></li>");
    }
}
