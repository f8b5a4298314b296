package io.callweave.report.page;

import io.callweave.report.CallReport;
import io.callweave.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A report as one HTML page. Everything is in the page: styles, figures, and the script of the charts. A policy in its
 * head lets browsers run these scripts only, and load nothing.
 */
public final class ReportPage {

    private static final String NO_SCRIPT =
            "<noscript><p class=\"empty\">The charts need JavaScript. The tables have the"
                    + " same figures.</p></noscript>\n";
    private static final Pattern PLACE = Pattern.compile("@([A-Z-]+)@");

    private final CallReport report;
    private final Heading heading;
    private final ReportWords words;
    private final TableHtml tableHtml;
    private final Source source;
    private final Map<String, Table> tables;

    /**
     * Where the calls are from.
     *
     * @param name what was read, such as a file
     * @param notes about the input, each a sentence
     */
    public record Source(String name, List<String> notes) {}

    /** @param numbersShown whether phone numbers are written in full */
    public ReportPage(CallReport report, Source source, boolean numbersShown) {
        this.report = report;
        this.source = source;
        this.words = new ReportWords(report.rules().zone(), numbersShown);
        this.heading = new Heading(report, words);
        List<Table> all = report.tables();
        this.tables = all.stream().collect(Collectors.toMap(Table::name, Function.identity()));
        this.tableHtml = new TableHtml(words, all);
    }

    /** The whole page. */
    public String html() {
        Charts charts = new Charts(report, words);
        String chartJs = Assets.chartJs();
        String script = Assets.read("report.js");
        boolean empty = report.volumes().all().isEmpty();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("POLICY", Assets.policyHash(chartJs) + " " + Assets.policyHash(script));
        parts.put("STYLE", Assets.read("report.css"));
        parts.put("HEADING", "Call report");
        parts.put("TITLE", Html.escape(heading.title()));
        parts.put("PERIOD", Html.escape(heading.period()));
        parts.put("SCOPE", Html.escape(heading.scope()));
        parts.put("BODY", NO_SCRIPT + (empty ? nothing() : sections(charts.byHourOfDay())));
        parts.put("NOTES", notes());
        parts.put(
                "SCRIPTS",
                "<script type=\"application/json\" id=\"data\">" + charts.json() + "</script>\n<script>" + chartJs
                        + "</script>\n<script>" + script + "</script>\n");
        return filled(parts);
    }

    /** The page with these parts in their places. */
    static String filled(Map<String, String> parts) {
        // In one pass, so that a name in the data that looks like a place stays what it is.
        return PLACE.matcher(Assets.read("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), place.group())));
    }

    private String nothing() {
        return "<section class=\"nothing\"><h2>No calls</h2><p>" + Html.escape(heading.nothing()) + "</p></section>";
    }

    private String sections(boolean hourOfDay) {
        int days = report.volumes().days().size();
        StringBuilder html = new StringBuilder(1 << 14);
        html.append(new Tiles(report).html());
        html.append("<section id=\"calls\"><h2>Calls</h2>");
        chart(html, "hours", hourOfDay ? "Calls by hour of the day, average of " + days + " days" : "Calls per hour");
        if (days > 1) {
            chart(html, "days", "Calls per day");
        }
        html.append(block("totals"));
        html.append(days > 1 ? folded("days") : "").append(folded("hours")).append("</section>");
        html.append("<section id=\"queues\"><h2>Queues</h2>");
        if (!report.queues().all().isEmpty()) {
            chart(
                    html,
                    "level",
                    "Service level " + (hourOfDay ? "by hour of the day" : "per hour")
                            + ": visits answered within "
                            + ReportWords.threshold(report.queues().thresholdMs())
                            + ", of those answered or abandoned, all queues");
        }
        html.append(tableHtml.explained(table("queues")));
        html.append(report.queues().all().isEmpty() ? "" : folded("queue-hours") + block("longest-waits"));
        html.append(report.hasSentiment() ? block("queue-sentiment") : "");
        html.append("</section><section id=\"agents\"><h2>Agents</h2>").append(tableHtml.explained(table("agents")));
        html.append("</section><section id=\"transfers\"><h2>Transfers</h2>")
                .append(tableHtml.explained(table("transfers")));
        html.append("</section><section id=\"numbers\"><h2>Numbers</h2><div class=\"pair\">")
                .append(block("numbers"))
                .append(block("repeat-callers"))
                .append("</div></section><section id=\"quality\"><h2>Data quality</h2>")
                .append(Html.paragraph(heading.quality()))
                .append("<div class=\"pair\">")
                .append(block("quality"))
                .append(block("feed-gaps"));
        return html.append("</div></section>").toString();
    }

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("The report has no table " + name + ".");
        }
        return table;
    }

    private static void chart(StringBuilder html, String name, String title) {
        String text = Html.escape(title);
        html.append("<figure><figcaption>")
                .append(text)
                .append("</figcaption><div class=\"chart\"><canvas data-chart=\"");
        html.append(name).append("\" role=\"img\" aria-label=\"").append(text).append("\"></canvas></div></figure>");
    }

    /** A table with a heading. */
    private String block(String name) {
        return "<div class=\"block\"><h3>" + Html.escape(table(name).title()) + "</h3>"
                + tableHtml.explained(table(name)) + "</div>";
    }

    /** A table that is opened when somebody wants it. */
    private String folded(String name) {
        return "<details><summary>" + Html.escape(table(name).title()) + "</summary>" + tableHtml.of(table(name))
                + "</details>";
    }

    private String notes() {
        StringBuilder html = new StringBuilder();
        html.append(Html.paragraph("Made from " + source.name() + "."));
        source.notes().forEach(note -> html.append(Html.paragraph(note)));
        heading.rules().forEach(rule -> html.append(Html.paragraph(rule)));
        return html.toString();
    }
}
