package io.callweave.report.page;

import io.callweave.metrics.Count;
import io.callweave.metrics.Distribution;
import io.callweave.metrics.Figure;
import io.callweave.metrics.WindowAggregate;
import io.callweave.report.CallReport;
import io.callweave.report.Cell;

/** The figures that matter most, at the top of the page. */
final class Tiles {

    private static final String NONE = "–";

    private final CallReport report;
    private final StringBuilder html = new StringBuilder(1 << 11);

    Tiles(CallReport report) {
        this.report = report;
    }

    /** First how all calls ended, then how long they took, then the visits to queues. */
    String html() {
        WindowAggregate calls = report.volumes().all();
        long all = calls.count(Count.CALLS);
        html.append("<ul class=\"tiles\">");
        tile(
                "Calls",
                ReportWords.number(all),
                ReportWords.number(calls.count(Count.INBOUND)) + " in, "
                        + ReportWords.number(calls.count(Count.OUTBOUND)) + " out, "
                        + ReportWords.number(calls.count(Count.INTERNAL)) + " internal");
        share("Answered", "answered", calls.count(Count.ANSWERED), all, "calls");
        share("Abandoned calls", "abandoned", calls.count(Count.ABANDONED), all, "calls: were in a queue");
        share("Missed", "missed", calls.count(Count.MISSED), all, "calls: in no queue");
        share("Voicemail", "voicemail", calls.count(Count.VOICEMAIL), all, "calls");
        share("Unanswered", "unanswered", calls.count(Count.UNANSWERED), all, "calls: outgoing");
        average("Handle time", calls.figure(Figure.HANDLE), "talk and hold, average of", "answered calls");
        long partial = report.quality().partial();
        tile("Partial", ReportWords.number(partial), partial == 0 ? "every call is complete" : partialDetail());
        queues();
        return html.append("</ul>").toString();
    }

    private String partialDetail() {
        long monitoring = report.quality().monitoring();
        return "of " + ReportWords.number(report.quality().calls()) + " calls"
                + (monitoring == 0 ? "" : ", with " + ReportWords.number(monitoring) + " monitoring calls")
                + ": something was not seen";
    }

    private void queues() {
        WindowAggregate queues = report.queues().all();
        long visits = queues.count(Count.CALLS);
        long counted = queues.count(Count.COUNTED);
        long inTime = queues.count(Count.ANSWERED_WITHIN);
        Integer goal = report.queues().goal();
        Cell.Goal compared = Cell.goal(goal, inTime, counted) instanceof Cell.Goal some ? some : null;
        String style = compared == null || compared.reached() == null ? "" : compared.reached() ? "reached" : "below";
        html.append("<li class=\"").append(style).append("\">");
        inside(
                "Service level",
                counted == 0 ? NONE : ReportWords.percent(inTime, counted),
                ReportWords.number(inTime) + " of " + ReportWords.number(counted)
                        + " answered or abandoned visits to queues: answered within "
                        + ReportWords.threshold(report.queues().thresholdMs())
                        + (compared == null ? "" : ". Goal " + ReportWords.goal(compared)));
        average(
                "Speed of answer",
                queues.figure(Figure.TIME_TO_ANSWER),
                "average wait of",
                "answered visits to queues");
        share("Abandoned visits", "abandoned", queues.count(Count.ABANDONED), visits, "visits to queues");
        Long median = report.queues().medianWaitMs();
        tile(
                "Median wait",
                median == null ? NONE : ReportWords.duration(median),
                "in queues, of all " + ReportWords.number(visits) + " visits");
    }

    private void average(String title, Distribution values, String what, String of) {
        tile(
                title,
                values.count() == 0 ? NONE : ReportWords.duration(values.average()),
                what + " " + ReportWords.number(values.count()) + " " + of);
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
