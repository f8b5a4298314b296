package io.callweave.simulation;

import io.callweave.simulation.Spans.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A party as far as one account gets to see it. */
final class SeenParty {

    private static final Set<String> FINAL = Set.of(Status.DISCONNECTED, Status.GONE);
    private static final Set<String> ENDS_RINGING = Set.of(
            Status.ANSWERED,
            Status.VOICEMAIL,
            Status.VOICEMAIL_SCREENING,
            Status.FAX_RECEIVE,
            Status.DISCONNECTED,
            Status.GONE);

    /** A status and what began it; a status that is sent again goes on. */
    record Phase(String status, @Nullable String reason, long start) {}

    private final Leg leg;
    private final boolean own;
    private final List<Happening> events;
    private final List<Phase> phases = new ArrayList<>();
    private Leg.Direction direction;

    /** @param account whose view it is, which has seen something of the party */
    SeenParty(Leg leg, Account account) {
        this.leg = leg;
        this.own = leg.account() == null || leg.account().equals(account);
        this.direction = leg.direction();
        this.events = leg.history().stream()
                .filter(event -> event.seenBy().contains(account))
                .toList();
        for (Happening event : events) {
            int last = phases.size() - 1;
            if (last < 0 || !phases.get(last).status().equals(event.status())) {
                phases.add(
                        new Phase(event.status(), event.reason(), event.time().toEpochMilli()));
            } else if (phases.get(last).reason() == null) {
                Phase before = phases.get(last);
                phases.set(last, new Phase(before.status(), event.reason(), before.start()));
            }
        }
    }

    Leg leg() {
        return leg;
    }

    List<Happening> events() {
        return events;
    }

    List<Phase> phases() {
        return phases;
    }

    long firstSequence() {
        return events.get(0).sequence();
    }

    Leg.Direction direction() {
        return direction;
    }

    boolean isInbound() {
        return direction == Leg.Direction.INBOUND;
    }

    void goesOnAs(Leg.Direction before) {
        direction = before;
    }

    boolean supervises() {
        return leg.standing() == Leg.Standing.SUPERVISES;
    }

    boolean standsIn() {
        return leg.standing() == Leg.Standing.STANDS_IN;
    }

    /** The extension of the account whose view it is; null for everybody else. */
    @Nullable
    Extension extension() {
        return own ? leg.extension() : null;
    }

    long startTime() {
        return events.stream().mapToLong(SeenParty::time).min().orElseThrow();
    }

    @Nullable
    Long answerTime() {
        return events.stream()
                .filter(event -> event.status().equals(Status.ANSWERED))
                .map(SeenParty::time)
                .min(Long::compare)
                .orElse(null);
    }

    boolean wasIn(String status) {
        return phases.stream().anyMatch(phase -> phase.status().equals(status));
    }

    /** The first of the final statuses that the party ends with, null if it is not seen to end. */
    @Nullable
    Phase end() {
        Phase end = null;
        for (int i = phases.size() - 1; i >= 0 && FINAL.contains(phases.get(i).status()); i--) {
            Phase before = phases.get(i);
            String reason = before.reason() == null && end != null ? end.reason() : before.reason();
            end = new Phase(before.status(), reason, before.start());
        }
        return end;
    }

    /** When it ended, or was last heard of. */
    long lastTime() {
        Phase end = end();
        return end != null
                ? end.start()
                : events.stream().mapToLong(SeenParty::time).max().orElseThrow();
    }

    /** Until when a phase lasted; the last one of a party that is not seen to end lasts as long as the call. */
    long endOf(int phase, long callEnd) {
        Phase one = phases.get(phase);
        long end = phase + 1 < phases.size()
                ? phases.get(phase + 1).start()
                : FINAL.contains(one.status()) ? one.start() : callEnd;
        return Math.max(one.start(), end);
    }

    List<Span> timeIn(String status, long callEnd) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i).status().equals(status)) {
                spans.add(new Span(phases.get(i).start(), endOf(i, callEnd)));
            }
        }
        return spans;
    }

    long sumOf(String status, long callEnd) {
        return timeIn(status, callEnd).stream()
                .mapToLong(span -> span.end() - span.start())
                .sum();
    }

    /** Null if its phone never rang. */
    @Nullable
    Span ringing(long callEnd) {
        Phase rings = null;
        for (Phase phase : phases) {
            if (rings == null) {
                rings = phase.status().equals(Status.PROCEEDING) ? phase : null;
            } else if (ENDS_RINGING.contains(phase.status())) {
                return new Span(rings.start(), Math.max(rings.start(), phase.start()));
            }
        }
        return rings == null ? null : new Span(rings.start(), Math.max(rings.start(), callEnd));
    }

    /** The last address that says something. */
    @Nullable
    Contact last(Function<Happening, Contact> end) {
        Contact last = null;
        for (Happening event : events) {
            Contact contact = end.apply(event);
            last = contact.saysNothing() ? last : contact;
        }
        return last;
    }

    /** The party that it named last. */
    @Nullable
    Leg peer() {
        Leg last = null;
        for (Happening event : events) {
            last = event.peer() == null ? last : event.peer();
        }
        return last;
    }

    static long time(Happening event) {
        return event.time().toEpochMilli();
    }
}
