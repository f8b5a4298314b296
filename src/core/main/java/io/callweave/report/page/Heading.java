package io.callweave.report.page;

import io.callweave.metrics.Count;
import io.callweave.report.CallReport;
import io.callweave.report.Quality;
import io.callweave.report.ReportRules;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the page says in sentences: which calls these are, and how they are counted. */
final class Heading {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

    private final CallReport report;
    private final ReportRules rules;
    private final ReportWords words;

    Heading(CallReport report, ReportWords words) {
        this.report = report;
        this.rules = report.rules();
        this.words = words;
    }

    String title() {
        return "Call report, " + period();
    }

    /** The period that was asked for; where it is open, the calls that there are. */
    String period() {
        if (report.volumes().days().isEmpty()) {
            return "no calls";
        }
        ZonedDateTime first = words.at(report.volumes().days().firstKey());
        ZonedDateTime last = words.at(report.volumes().days().lastKey());
        return first.equals(last) ? DAY.format(first) : DAY.format(first) + " to " + DAY.format(last);
    }

    String scope() {
        List<String> parts = new ArrayList<>();
        if (rules.from() != null) {
            parts.add("from " + TIME.format(rules.from().atZone(rules.zone())));
        }
        if (rules.to() != null) {
            parts.add("before " + TIME.format(rules.to().atZone(rules.zone())));
        }
        parts.add(rules.accountId() == null ? "all accounts" : "account " + rules.accountId());
        if (rules.queueId() != null) {
            parts.add("only calls of the queue " + rules.queueId());
        }
        parts.add("times in " + rules.zone());
        return String.join(" · ", parts);
    }

    /** Why there are no calls, and what to do. */
    String nothing() {
        Long first = report.firstSeen();
        Long last = report.lastSeen();
        if (first == null || last == null) {
            return "The input has no calls. Give files of notifications, one a line, as “callweave simulate” makes and"
                    + " “callweave replay” reads them, or call records, as “callweave assemble” prints them.";
        }
        return "The input has calls from " + at(first) + " to " + at(last)
                + ", but none of them fits. Change --from, --to, --account or --queue.";
    }

    String quality() {
        Quality quality = report.quality();
        long partial = quality.partial();
        String complete = partial == 0
                ? "All " + ReportWords.number(quality.calls()) + " calls are complete."
                : ReportWords.number(partial) + " of " + ReportWords.number(quality.calls()) + " calls ("
                        + ReportWords.percent(partial, quality.calls())
                        + ") are partial: something was not seen, and they count with what was.";
        long faxes = report.volumes().all().count(Count.FAX);
        return complete
                + (quality.monitoring() == 0
                        ? ""
                        : " " + ReportWords.number(quality.monitoring())
                                + " monitoring calls, in which somebody only listened, are in no other figure.")
                + (faxes == 0 ? "" : " " + ReportWords.number(faxes) + " are faxes.");
    }

    /** How the figures are counted. */
    List<String> rules() {
        long shortMs = rules.levels().usual().shortAbandonMs();
        return List.of(
                "A visit is a call in one queue: a call that goes through two queues visits both. Service level:"
                        + " visits answered within "
                        + ReportWords.threshold(report.queues().thresholdMs())
                        + " after reaching the queue, of those that were answered or abandoned"
                        + (shortMs == 0
                                ? "."
                                : ", without those abandoned before " + ReportWords.duration(shortMs)
                                        + " or the limit of their queue."),
                "Abandoned calls were in a queue, and nobody answered them. Abandoned visits are more: if somebody"
                        + " answers a call and transfers it to a queue, where the caller hangs up, the call is answered,"
                        + " and the visit is abandoned.",
                "Handle time is talk and hold. Work after the call is not known. Speed of answer is the wait in the"
                        + " queue, without the menus before it.",
                "A call counts in the hour in which it started. Waits, talk and hold are sums of what RingCentral"
                        + " reported.",
                "Agents: notifications do not tell who was signed in. So occupancy takes the time between the first and"
                        + " the last call of each day.");
    }

    private String at(@Nullable Long millis) {
        return millis == null ? "" : TIME.format(Instant.ofEpochMilli(millis).atZone(rules.zone()));
    }
}
