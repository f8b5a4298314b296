package io.callweave.report.page;

import io.callweave.report.CallReport;
import io.callweave.report.Table;
import java.io.IOException;
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

    /** Writes the whole page. */
    public void write(Appendable out) throws IOException {
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
        parts.put("NOTES", notes());
        parts.put(
                "SCRIPTS",
                "<script type=\"application/json\" id=\"data\">" + charts.json() + "</script>\n<script>" + chartJs
                        + "</script>\n<script>" + script + "</script>\n");
        fill(parts, out, html -> {
            html.append(NO_SCRIPT);
            if (empty) {
                html.append(nothing());
            } else {
                sections(html, charts.byHourOfDay());
            }
        });
    }

    /** A part of a page that can be long. */
    @FunctionalInterface
    interface Body {
        void write(Appendable html) throws IOException;
    }

    /** Writes the page with these parts in their places. */
    static void fill(Map<String, String> parts, Appendable out, Body body) throws IOException {
        String page = Assets.read("report.html");
        Matcher place = PLACE.matcher(page);
        int written = 0;
        // In one pass, so that a name in the data that looks like a place stays what it is.
        for (; place.find(); written = place.end()) {
            out.append(page, written, place.start());
            if (place.group(1).equals("BODY")) {
                body.write(out);
            } else {
                out.append(parts.getOrDefault(place.group(1), place.group()));
            }
        }
        out.append(page, written, page.length());
    }

    private String nothing() {
        return "<section class=\"nothing\"><h2>No calls</h2><p>" + Html.escape(heading.nothing()) + "</p></section>";
    }

    private void sections(Appendable html, boolean hourOfDay) throws IOException {
        int days = report.volumes().days().size();
        html.append(new Tiles(report).html());
        html.append("<section id=\"calls\"><h2>Calls</h2>");
        chart(html, "hours", hourOfDay ? "Calls by hour of the day, average of " + days + " days" : "Calls per hour");
        if (days > 1) {
            chart(html, "days", "Calls per day");
        }
        block(html, "totals");
        if (days > 1) {
            folded(html, "days");
        }
        folded(html, "hours");
        html.append("</section><section id=\"queues\"><h2>Queues</h2>");
        if (!report.queues().all().isEmpty()) {
            chart(
                    html,
                    "level",
                    "Service level " + (hourOfDay ? "by hour of the day" : "per hour")
                            + ": visits answered within "
                            + ReportWords.threshold(report.queues().thresholdMs())
                            + ", of those answered or abandoned, all queues");
        }
        tableHtml.explained(table("queues"), html);
        if (!report.queues().all().isEmpty()) {
            folded(html, "queue-hours");
            block(html, "longest-waits");
        }
        if (report.hasSentiment()) {
            block(html, "queue-sentiment");
        }
        html.append("</section><section id=\"agents\"><h2>Agents</h2>");
        tableHtml.explained(table("agents"), html);
        html.append("</section><section id=\"transfers\"><h2>Transfers</h2>");
        tableHtml.explained(table("transfers"), html);
        html.append("</section><section id=\"numbers\"><h2>Numbers</h2><div class=\"pair\">");
        block(html, "numbers");
        block(html, "repeat-callers");
        html.append("</div></section><section id=\"quality\"><h2>Data quality</h2>")
                .append(Html.paragraph(heading.quality()))
                .append("<div class=\"pair\">");
        block(html, "quality");
        block(html, "feed-gaps");
        html.append("</div></section>");
    }

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("The report has no table " + name + ".");
        }
        return table;
    }

    private static void chart(Appendable html, String name, String title) throws IOException {
        String text = Html.escape(title);
        html.append("<figure><figcaption>")
                .append(text)
                .append("</figcaption><div class=\"chart\"><canvas data-chart=\"");
        html.append(name).append("\" role=\"img\" aria-label=\"").append(text).append("\"></canvas></div></figure>");
    }

    /** A table with a heading. */
    private void block(Appendable html, String name) throws IOException {
        html.append("<div class=\"block\"><h3>")
                .append(Html.escape(table(name).title()))
                .append("</h3>");
        tableHtml.explained(table(name), html);
        html.append("</div>");
    }

    /** A table that is opened when somebody wants it. */
    private void folded(Appendable html, String name) throws IOException {
        html.append("<details><summary>")
                .append(Html.escape(table(name).title()))
                .append("</summary>");
        tableHtml.write(table(name), html);
        html.append("</details>");
    }

    private String notes() {
        StringBuilder html = new StringBuilder();
        html.append(Html.paragraph("Made from " + source.name() + "."));
        source.notes().forEach(note -> html.append(Html.paragraph(note)));
        heading.rules().forEach(rule -> html.append(Html.paragraph(rule)));
        return html.toString();
    }
}
