package io.callweave.report;

import io.callweave.metrics.Count;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many calls there were, in all, by day and by hour, and how they ended. */
public final class Volumes {

    private static final String EMPTY = "No calls. Choose another period with --from and --to, or another --account.";

    /** What the figures of an hour or a day take, in bytes. */
    static final int WEIGHT = 1_000;

    private final ReportRules rules;
    private final FiguresRoom room;
    private final WindowAggregate all = new WindowAggregate();
    private final SortedMap<Long, WindowAggregate> hours = new TreeMap<>();
    private final SortedMap<Long, WindowAggregate> days = new TreeMap<>();
    private final SortedMap<String, WindowAggregate> directions = new TreeMap<>();

    Volumes(ReportRules rules, FiguresRoom room) {
        this.rules = rules;
        this.room = room;
    }

    void add(String accountId, long start, Measures call) {
        all.add(call);
        add(accountId, hours, rules.hour(start), call);
        add(accountId, days, rules.day(start), call);
        directions
                .computeIfAbsent(direction(call), word -> new WindowAggregate())
                .add(call);
    }

    private void add(String accountId, Map<Long, WindowAggregate> times, long time, Measures call) {
        WindowAggregate figures = room.of(times, time, accountId, WEIGHT, WindowAggregate::new);
        if (figures != null) {
            figures.add(call);
        }
    }

    private static String direction(Measures call) {
        if (call.counts().contains(Count.INTERNAL)) {
            return "Internal";
        }
        return call.counts().contains(Count.OUTBOUND) ? "Outbound" : "Inbound";
    }

    public WindowAggregate all() {
        return all;
    }

    /** By the start of the hour, in milliseconds. Hours without calls are left out. */
    public SortedMap<Long, WindowAggregate> hours() {
        return hours;
    }

    /** By the start of the day, in milliseconds. Days without calls are left out. */
    public SortedMap<Long, WindowAggregate> days() {
        return days;
    }

    Table totals() {
        Table.Builder table =
                counted(new Table.Builder("totals", "How calls ended", EMPTY).text("direction", "Direction"));
        directions.forEach((direction, figures) -> row(table, Cell.text(direction), figures));
        if (!all.isEmpty()) {
            row(table, Cell.text("All"), all);
        }
        return table.end();
    }

    Table byDay() {
        Table.Builder table = counted(new Table.Builder("days", "Calls per day", EMPTY).text("day", "Day"));
        days.forEach((day, figures) -> row(table, new Cell.Day(day), figures));
        return table.end();
    }

    Table byHour() {
        Table.Builder table = counted(new Table.Builder("hours", "Calls per hour", EMPTY).text("hour", "Hour"));
        hours.forEach((hour, figures) -> row(table, new Cell.Hour(hour), figures));
        return table.end();
    }

    private static Table.Builder counted(Table.Builder table) {
        return table.figure(
                        "calls",
                        "Calls",
                        "All calls but monitoring calls, in which somebody only listened. The next six add up to them.")
                .figure("answered", "Answered", "Somebody answered.")
                .figure("voicemail", "Voicemail", "Not answered: the caller reached a voicemail.")
                .figure("abandoned", "Abandoned calls", "Not answered: the caller hung up, and a queue had the call.")
                .figure("missed", "Missed", "Not answered, and neither voicemail, nor abandoned, nor outgoing.")
                .figure("unanswered", "Unanswered", "Outgoing calls that nobody answered.")
                .figure("fax", "Fax", "Faxes that were received.")
                .figure("talkMs", "Talk", "Time in conversation, without hold.")
                .figure("avgTalkMs", "Avg. talk", "Talk per answered call.")
                .figure("handleMs", "Talk and hold", "Of answered calls.")
                .figure("avgHandleMs", "Handle time", "Average of talk and hold, per answered call.");
    }

    private static void row(Table.Builder table, Cell first, WindowAggregate figures) {
        long talk = figures.figure(Figure.TALK).sum();
        long answered = figures.count(Count.ANSWERED);
        table.row(
                first,
                Cell.number(figures.count(Count.CALLS)),
                Cell.number(answered),
                Cell.number(figures.count(Count.VOICEMAIL)),
                Cell.number(figures.count(Count.ABANDONED)),
                Cell.number(figures.count(Count.MISSED)),
                Cell.number(figures.count(Count.UNANSWERED)),
                Cell.number(figures.count(Count.FAX)),
                Cell.millis(talk),
                answered == 0 ? Cell.NONE : Cell.millis(Math.round((double) talk / answered)),
                Cell.millis(figures.figure(Figure.HANDLE).sum()),
                Cell.average(figures.figure(Figure.HANDLE)));
    }
}
