package io.callweave.explain;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.fact.FactNotice;
import io.callweave.value.Timestamps;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;

/** What was received for the call, in order of arrival, and the records that were emitted in between. */
final class ArrivalsSection {

    private static final int MARKS = 8;

    private final CallHistory history;
    private final Labels labels;
    private final Page page;
    private final long now;
    private final Runnable pace;
    private final IdentityHashMap<RecordedLine, List<Arrival>> byLine = new IdentityHashMap<>();

    ArrivalsSection(CallHistory history, Labels labels, Page page, long now, Runnable pace) {
        this.pace = pace;
        this.now = now;
        this.history = history;
        this.labels = labels;
        this.page = page;
        history.arrivals()
                .forEach(arrival -> byLine.computeIfAbsent(arrival.line(), line -> new ArrayList<>())
                        .add(arrival));
    }

    void write() {
        page.heading("NOTIFICATIONS IN ORDER OF ARRIVAL");
        page.line(2, "  no.  received                  party  seq  status (reason)           line");
        Iterator<Emitted> waited =
                history.emitted().stream().filter(each -> each.cause() == null).iterator();
        Emitted next = waited.hasNext() ? waited.next() : null;
        for (RecordedLine line : history.lines()) {
            pace.run();
            Long receivedAt = line.receivedAt();
            while (next != null && receivedAt != null && next.emission().time() <= receivedAt) {
                goesOut(next);
                next = waited.hasNext() ? waited.next() : null;
            }
            line(line);
        }
        while (next != null) {
            goesOut(next);
            next = waited.hasNext() ? waited.next() : null;
        }
    }

    private void goesOut(Emitted each) {
        page.line(
                2,
                (each.isAhead(now)
                                ? "  ---  %s  %s would be emitted: the wait %s would be over"
                                : "  ---  %s  %s is emitted: the wait %s is over")
                        .formatted(
                                Timestamps.iso(each.emission().time()),
                                labels.emission(each.emission()),
                                each.emission().reason().wireName()));
    }

    private void line(RecordedLine line) {
        List<Arrival> arrivals = byLine.getOrDefault(line, List.of());
        String received = line.receivedAt() == null ? "not received" : Timestamps.iso(line.receivedAt());
        for (Arrival arrival : arrivals) {
            PartyEvent event = arrival.event();
            page.line(
                    2,
                    "%5d  %-24s  %-5s %4d  %-24s  %s"
                            .formatted(
                                    labels.number(line),
                                    received,
                                    labels.party(event),
                                    event.sequence(),
                                    labels.status(event),
                                    labels.source(line)));
            marks(arrival).forEach(mark -> page.item(MARKS, mark));
        }
        if (line.fact() != null) {
            FactNotice notice = line.fact().notice();
            page.line(
                    2,
                    "%5d  %-24s  %s %s  %s"
                            .formatted(
                                    labels.number(line),
                                    received,
                                    notice.kind().wireName(),
                                    labels.text("recordingId", notice.id()),
                                    labels.source(line)));
        } else if (arrivals.isEmpty()) {
            page.line(2, "%5d  %-24s  unusable  %s".formatted(labels.number(line), received, labels.source(line)));
        }
        if (line.rejection() != null) {
            page.item(
                    MARKS,
                    "unusable" + (arrivals.isEmpty() ? "" : " in part") + ", "
                            + line.rejection().reason().wireName() + ": "
                            + line.rejection().detail());
        }
        Long own = line.known().timestamp();
        if (line.receivedAt() != null
                && !line.receiptKnown()
                && !line.receivedAt().equals(own)) {
            page.item(
                    MARKS,
                    own == null
                            ? "it has no timestamp, so its time is that of the line before, or of the event"
                            : "its timestamp is " + Timestamps.iso(own) + ", but time does not run back");
        }
    }

    private List<String> marks(Arrival arrival) {
        List<String> marks = new ArrayList<>();
        PartyEvent event = arrival.event();
        switch (arrival.effect().fate()) {
            case KEPT -> outOfOrder(arrival, marks);
            case DUPLICATE -> marks.add("duplicate of " + same(arrival, true) + ": changes nothing");
            case REPLACES -> marks.add("other body of " + same(arrival, false) + ": replaces it, being the greater");
            case GIVES_WAY -> marks.add("other body of " + same(arrival, false) + ": left, being the smaller");
            case LEFT_OUT -> marks.add("left out: its session or call has as many events as are kept (limits.*)");
            case TOO_LATE ->
                marks.add("too late: the call was closed, nothing had changed it for completion.late-window");
        }
        if (arrival.effect().late()) {
            marks.add("late: a higher sequence of session "
                    + labels.session(event.session().telephonySessionId()) + " was on party-events already");
        }
        List<String> revisions = history.emitted().stream()
                .filter(arrival::isOf)
                .map(each -> labels.emission(each.emission()) + " ("
                        + each.emission().reason().wireName() + ")")
                .toList();
        if (!revisions.isEmpty()) {
            marks.add("emitted at once: " + Words.and(revisions));
        } else if (arrival.changedTheCall()
                && wasOut(arrival)
                && history.emitted().stream().noneMatch(arrival::isWithCauseOf)) {
            marks.add("a new fact, but the record that is out says the same with it: no revision");
        }
        return marks;
    }

    private void outOfOrder(Arrival arrival, List<String> marks) {
        for (Arrival earlier : before(arrival)) {
            if (earlier.event().session().equals(arrival.event().session())
                    && earlier.event().sequence() > arrival.event().sequence()) {
                marks.add("out of order: after " + labels.event(earlier));
                return;
            }
        }
    }

    private String same(Arrival arrival, boolean sameBody) {
        String same = "an event that is not kept";
        for (Arrival earlier : before(arrival)) {
            if (isSamePlace(earlier, arrival)
                    && (!sameBody
                            || earlier.event().body().equals(arrival.event().body()))) {
                same = "no. " + labels.number(earlier.line());
            }
        }
        return same;
    }

    private List<Arrival> before(Arrival arrival) {
        return history.arrivals().stream()
                .filter(earlier -> earlier.isBefore(arrival))
                .toList();
    }

    private boolean wasOut(Arrival arrival) {
        Long receivedAt = arrival.line().receivedAt();
        return receivedAt != null
                && history.emitted().stream()
                        .anyMatch(each -> each.cause() == null
                                ? each.emission().time() <= receivedAt
                                : each.cause().isBefore(arrival));
    }

    private static boolean isSamePlace(Arrival one, Arrival other) {
        return one.event().session().equals(other.event().session())
                && one.event().place().equals(other.event().place());
    }
}
