package io.callweave.explain;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Ranges;
import io.callweave.explain.replay.StageReplay;
import io.callweave.value.Timestamps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was received for the call, in order of sequence, and what is missing in between. */
final class SequencesSection {

    private final CallHistory history;
    private final Labels labels;
    private final Page page;

    SequencesSection(CallHistory history, Labels labels, Page page) {
        this.history = history;
        this.labels = labels;
        this.page = page;
    }

    /**
     * For each session: the body that counts, and the missing sequences.
     *
     * @param last the last record
     */
    void write(@Nullable CallRecord last) {
        Map<String, Collection<Ranges.Range>> missing = new HashMap<>();
        if (last != null) {
            last.sessions()
                    .forEach(session -> missing.put(
                            session.telephonySessionId(), session.missing().ranges()));
        }
        labels.sessions().forEach((id, label) -> {
            Map<PartyEvent.Place, List<Arrival>> places = new TreeMap<>();
            for (Arrival arrival : history.arrivals()) {
                if (arrival.event().session().telephonySessionId().equals(id)
                        && arrival.effect().fate() != StageReplay.Fate.TOO_LATE
                        && arrival.effect().fate() != StageReplay.Fate.LEFT_OUT) {
                    places.computeIfAbsent(arrival.event().place(), place -> new ArrayList<>())
                            .add(arrival);
                }
            }
            if (!places.isEmpty()) {
                page.heading("SESSION " + label + " IN ORDER OF SEQUENCE");
                page.line(2, "  seq  event time                party  status (reason)           notification");
                sequence(places, new ArrayDeque<>(missing.getOrDefault(id, List.of())));
            }
        });
    }

    private void sequence(Map<PartyEvent.Place, List<Arrival>> places, Deque<Ranges.Range> missing) {
        for (Map.Entry<PartyEvent.Place, List<Arrival>> entry : places.entrySet()) {
            long sequence = entry.getKey().sequence();
            while (!missing.isEmpty() && missing.element().last() < sequence) {
                Ranges.Range range = missing.remove();
                page.line(2, "  ---  missing: " + Words.range(range.first(), range.last()));
            }
            Arrival counts = counting(entry.getValue());
            PartyEvent event = counts.event();
            page.line(
                    2,
                    "%5d  %s  %-5s  %-24s  no. %d%s"
                            .formatted(
                                    sequence,
                                    Timestamps.iso(event.eventTime()),
                                    labels.party(event),
                                    labels.status(event),
                                    labels.number(counts.line()),
                                    others(entry.getValue(), counts)));
        }
    }

    private static Arrival counting(List<Arrival> arrivals) {
        Arrival counts = arrivals.get(0);
        for (Arrival arrival : arrivals) {
            counts = arrival.event().supersedes(counts.event()) ? arrival : counts;
        }
        return counts;
    }

    private String others(List<Arrival> arrivals, Arrival counts) {
        List<String> again = new ArrayList<>();
        List<String> replaced = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            if (arrival.index() != counts.index()) {
                boolean same = arrival.event().body().equals(counts.event().body());
                (same ? again : replaced).add(Integer.toString(labels.number(arrival.line())));
            }
        }
        return (again.isEmpty() ? "" : "; again no. " + Words.and(again))
                + (replaced.isEmpty() ? "" : "; counts instead of no. " + Words.and(replaced));
    }
}
