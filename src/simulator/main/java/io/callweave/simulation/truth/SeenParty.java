package io.callweave.simulation.truth;

import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.Happening;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.WireStatus;
import io.callweave.simulation.truth.Spans.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The part of a party that one account sees. */
final class SeenParty {

    private static final Set<String> FINAL = Set.of(WireStatus.DISCONNECTED, WireStatus.GONE);
    private static final Set<String> ENDS_RINGING = Set.of(
            WireStatus.ANSWERED,
            WireStatus.VOICEMAIL,
            WireStatus.VOICEMAIL_SCREENING,
            WireStatus.FAX_RECEIVE,
            WireStatus.DISCONNECTED,
            WireStatus.GONE);

    /**
     * A status and its first event; a repeated status continues.
     *
     * @param sequence of its first event
     */
    record Phase(String status, @Nullable String reason, long start, long sequence) {

        Phase because(@Nullable String newReason) {
            return new Phase(status, newReason, start, sequence);
        }
    }

    private final SimulatedLeg leg;
    private final boolean own;
    private final List<Happening> events;
    private final List<Phase> phases = new ArrayList<>();
    private SimulatedLeg.Direction direction;
    private boolean turned;
    private boolean queues;
    private @Nullable String queueId;

    /** @param account the account that sees it, and has seen some of the party */
    SeenParty(SimulatedLeg leg, SimulatedAccount account) {
        this.leg = leg;
        this.own = leg.account() == null || leg.account().equals(account);
        this.direction = leg.direction();
        this.events = leg.history().stream()
                .filter(event -> event.seenBy().contains(account))
                .toList();
        for (Happening event : events) {
            int last = phases.size() - 1;
            if (last < 0 || !phases.get(last).status().equals(event.status())) {
                phases.add(new Phase(event.status(), event.reason(), time(event), event.sequence()));
            } else if (phases.get(last).reason() == null) {
                phases.set(last, phases.get(last).because(event.reason()));
            }
        }
    }

    SimulatedLeg leg() {
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

    SimulatedLeg.Direction direction() {
        return direction;
    }

    boolean isInbound() {
        return direction == SimulatedLeg.Direction.INBOUND;
    }

    /** On the same side of the call as the party before, so that both ends are seen from there. */
    void goesOnAs(SimulatedLeg.Direction before) {
        turned = before != leg.direction();
        direction = before;
    }

    Contact from(Happening event) {
        return turned ? event.to() : event.from();
    }

    Contact to(Happening event) {
        return turned ? event.from() : event.to();
    }

    boolean hasReason(String reason) {
        return events.stream().anyMatch(event -> reason.equals(event.reason()));
    }

    /** The sequence of its first answer; later than any other if there is none. */
    long firstAnswer() {
        return events.stream()
                .filter(event -> event.status().equals(WireStatus.ANSWERED))
                .mapToLong(Happening::sequence)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    boolean supervises() {
        return leg.standing() == SimulatedLeg.Standing.SUPERVISES;
    }

    boolean standsIn() {
        return leg.standing() == SimulatedLeg.Standing.STANDS_IN;
    }

    boolean queues() {
        return queues;
    }

    /** Whether this is somebody who talks, or was rung to do so. */
    boolean takesPart() {
        return !supervises() && !standsIn() && !queues;
    }

    /** The extension of the queue that it belongs to, or rings for. */
    @Nullable
    String queueId() {
        return queueId;
    }

    /** Whether it shows that there is a queue. */
    void isQueue(String ownId) {
        queues = true;
        queueId = ownId;
    }

    void isFor(@Nullable String queue) {
        queueId = queue;
    }

    /** Whether it belongs to the account that sees it. */
    boolean isOwn() {
        return own;
    }

    boolean isOverAt(long sequence) {
        Phase end = end();
        return end != null && end.sequence() < sequence;
    }

    boolean endedWith(String reason) {
        Phase end = end();
        return end != null && reason.equals(end.reason());
    }

    /** The party's own address in one of its events. */
    Contact own(Happening event) {
        return isInbound() ? to(event) : from(event);
    }

    /** The last device that its own address names. */
    @Nullable
    String deviceId() {
        String last = null;
        for (Happening event : events) {
            String device = own(event).deviceId();
            last = device == null ? last : device;
        }
        return last;
    }

    @Nullable
    String sipCallId() {
        String last = null;
        for (Happening event : events) {
            last = event.sipCallId() == null || !own ? last : event.sipCallId();
        }
        return last;
    }

    /** The extension, if it belongs to the account that sees it; else null. */
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
                .filter(event -> event.status().equals(WireStatus.ANSWERED))
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
            end = before.reason() == null && end != null ? before.because(end.reason()) : before;
        }
        return end;
    }

    /** When it ended, or the time of its last event. */
    long lastTime() {
        Phase end = end();
        return end != null
                ? end.start()
                : events.stream().mapToLong(SeenParty::time).max().orElseThrow();
    }

    /** The end of a phase; the last phase of a party that is not seen to end lasts as long as the call. */
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
                rings = phase.status().equals(WireStatus.PROCEEDING) ? phase : null;
            } else if (ENDS_RINGING.contains(phase.status())) {
                return new Span(rings.start(), Math.max(rings.start(), phase.start()));
            }
        }
        return rings == null ? null : new Span(rings.start(), Math.max(rings.start(), callEnd));
    }

    /** The last address with any value. */
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
    SimulatedLeg peer() {
        SimulatedLeg last = null;
        for (Happening event : events) {
            last = event.peer() == null ? last : event.peer();
        }
        return last;
    }

    static long time(Happening event) {
        return event.time().toEpochMilli();
    }
}
