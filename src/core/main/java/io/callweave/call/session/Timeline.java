package io.callweave.call.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statuses of one party, in sequence order. A repeated status (a recording started, a name became known) continues;
 * it is not a new one.
 */
public record Timeline(List<Step> steps) {

    /** A status, from its first event; {@code reason} is the first reason that was sent with it. */
    public record Step(String status, @Nullable String reason, long time, long sequence) {}

    /** How a party ended: the first status of the final run at its end, and the first reason in that run. */
    public record End(String status, @Nullable String reason, long time, long sequence) {}

    static Timeline of(List<PartyEvent> eventsInOrder) {
        List<Step> steps = new ArrayList<>();
        for (PartyEvent event : eventsInOrder) {
            PartyFacts facts = event.facts();
            Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
            if (last == null || !last.status().equals(facts.status())) {
                steps.add(new Step(facts.status(), facts.reason(), event.eventTime(), event.sequence()));
            } else if (last.reason() == null && facts.reason() != null) {
                steps.set(steps.size() - 1, new Step(last.status(), facts.reason(), last.time(), last.sequence()));
            }
        }
        return new Timeline(steps);
    }

    public String lastStatus() {
        return lastStep().status();
    }

    /** The current status, or the one that the party ended with. */
    public Step lastStep() {
        return steps.get(steps.size() - 1);
    }

    /** Null while the party is not over. A Disconnected that trails a Gone changes nothing. */
    @Nullable
    End end() {
        int first = steps.size();
        while (first > 0 && Status.isFinal(steps.get(first - 1).status())) {
            first--;
        }
        if (first == steps.size()) {
            return null;
        }
        Step step = steps.get(first);
        String reason = null;
        for (int i = first; i < steps.size() && reason == null; i++) {
            reason = steps.get(i).reason();
        }
        return new End(step.status(), reason, step.time(), step.sequence());
    }

    /**
     * How long each status lasted.
     *
     * @param openEnd when the last status ends, unless it is a final one
     */
    public List<Segment> segments(long openEnd) {
        List<Segment> segments = new ArrayList<>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            long end = i + 1 < steps.size()
                    ? steps.get(i + 1).time()
                    : Status.isFinal(step.status()) ? step.time() : openEnd;
            segments.add(new Segment(step.status(), step.reason(), step.time(), Math.max(step.time(), end)));
        }
        return segments;
    }

    /**
     * From the first Proceeding to the end of the ringing (RingCentral's guide "Calculating call time metrics").
     *
     * @return null for a party that never rang
     */
    @Nullable
    public Interval ringing(long openEnd) {
        Step start = null;
        for (Step step : steps) {
            if (start == null) {
                start = step.status().equals(Status.PROCEEDING) ? step : null;
            } else if (Status.endsRinging(step.status())) {
                return new Interval(start.time(), step.time());
            }
        }
        return start == null ? null : new Interval(start.time(), openEnd);
    }

    /** The sequence of the first event with this status, -1 if there is none. */
    public long firstSequenceOf(String status) {
        for (Step step : steps) {
            if (step.status().equals(status)) {
                return step.sequence();
            }
        }
        return -1;
    }

    public boolean wasIn(String status) {
        for (Step step : steps) {
            if (step.status().equals(status)) {
                return true;
            }
        }
        return false;
    }

    boolean wasOnlyIn(String status) {
        for (Step step : steps) {
            if (!step.status().equals(status)) {
                return false;
            }
        }
        return true;
    }
}
