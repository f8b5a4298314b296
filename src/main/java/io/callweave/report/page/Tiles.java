package io.callweave.report.page;

import io.callweave.metrics.Count;
import io.callweave.metrics.WindowAggregate;
import io.callweave.report.CallReport;

/** The figures that matter most, at the top of the page. */
final class Tiles {

    private static final String NONE = "–";

    private final CallReport report;
    private final StringBuilder html = new StringBuilder(1 << 11);

    Tiles(CallReport report) {
        this.report = report;
    }

    String html() {
        WindowAggregate calls = report.volumes().all();
        WindowAggregate queues = report.queues().all();
        long all = calls.count(Count.CALLS);
        long offered = queues.count(Count.CALLS);
        long counted = queues.count(Count.COUNTED);
        long inTime = queues.count(Count.ANSWERED_WITHIN);
        Long median = report.queues().medianWaitMs();
        html.append("<ul class=\"tiles\">");
        tile(
                "Calls",
                ReportWords.number(all),
                ReportWords.number(calls.count(Count.INBOUND)) + " in, "
                        + ReportWords.number(calls.count(Count.OUTBOUND)) + " out, "
                        + ReportWords.number(calls.count(Count.INTERNAL)) + " internal");
        share("Answered", "answered", calls.count(Count.ANSWERED), all, "calls");
        tile(
                "Service level",
                counted == 0 ? NONE : ReportWords.percent(inTime, counted),
                ReportWords.number(inTime) + " of " + ReportWords.number(counted) + " within "
                        + ReportWords.duration(report.rules().levels().usual().thresholdMs()));
        tile(
                "Wait in queues",
                median == null ? NONE : ReportWords.duration(median),
                "median of " + ReportWords.number(offered) + " visits");
        share("Abandoned", "abandoned", queues.count(Count.ABANDONED), offered, "in queues");
        share("Missed", "missed", calls.count(Count.MISSED), all, "calls");
        share("Voicemail", "voicemail", calls.count(Count.VOICEMAIL), all, "calls");
        long partial = report.quality().partial();
        tile(
                "Partial",
                ReportWords.number(partial),
                partial == 0 ? "every call is complete" : "calls with something missing");
        return html.append("</ul>").toString();
    }

    private void share(String title, String meaning, long part, long whole, String of) {
        html.append("<li class=\"").append(meaning).append("\">");
        inside(
                title,
                ReportWords.number(part),
                whole == 0
                        ? "of 0 " + of
                        : ReportWords.percent(part, whole) + " of " + ReportWords.number(whole) + " " + of);
    }

    private void tile(String title, String value, String detail) {
        html.append("<li>");
        inside(title, value, detail);
    }

    private void inside(String title, String value, String detail) {
        html.append("<span class=\"what\">").append(Html.escape(title));
        html.append("</span><strong>").append(Html.escape(value));
        html.append("</strong><span class=\"detail\">")
                .append(Html.escape(detail))
                .append("</span></li>");
    }
}
