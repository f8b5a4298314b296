package io.callweave.simulation;

import io.callweave.simulation.Spans.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call as far as one account gets to see it. What each figure means is the contract's; who talked, held and handed on
 * when, is what the script did.
 */
final class SeenCall {

    /** What the call log says of an outgoing call that ends for this reason. */
    private static final Map<String, String> UNANSWERED = Map.of(
            "TargetBusy", "Busy",
            "Rejected", "Rejected",
            "InvalidNumber", "Wrong Number",
            "InternationalDisabled", "International Disabled",
            "DestinationBlocked", "Blocked",
            "NotEnoughFunds", "No Calling Credit",
            "InternalError", "Internal Error",
            "Cancelled", "Hang Up",
            "CallerDropped", "Hang Up");

    private final Account account;
    private final List<SeenSession> sessions;
    private final List<SeenParty> parties;
    private final Scene scene;
    private final long start;
    private final long end;
    private final @Nullable Long answer;

    SeenCall(Account account, List<SeenSession> sessions, Scene scene) {
        this.account = account;
        this.scene = scene;
        this.sessions = sessions.stream()
                .sorted(Comparator.comparingLong(SeenSession::startTime)
                        .thenComparing(session -> session.session().id()))
                .toList();
        this.parties = this.sessions.stream()
                .flatMap(session -> session.parties().stream())
                .toList();
        this.start = first().startTime();
        this.end = SeenSession.endTime(parties);
        this.answer = answering()
                .map(SeenParty::answerTime)
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
    }

    CallTruth truth(Map<String, SortedSet<Long>> lost) {
        return new CallTruth(
                account.id(),
                first().session().id(),
                Instant.ofEpochMilli(start),
                new TruthJson(this, scene.start().wire()).write(lost));
    }

    Account account() {
        return account;
    }

    SeenSession first() {
        return sessions.get(0);
    }

    List<SeenSession> sessions() {
        return sessions;
    }

    List<SeenParty> parties() {
        return parties;
    }

    List<SeenLink> links() {
        return SeenLink.of(parties);
    }

    /** Those that happened inside this call and whose doer is seen, each told from the side of the older session. */
    List<HandOver> handOvers() {
        List<SeenLink> links = links();
        return scene.handOvers().stream()
                .filter(handOver -> sees(handOver.by()))
                .map(handOver -> asSeen(handOver, links))
                .sorted(Comparator.comparing(HandOver::time)
                        .thenComparing(handOver -> handOver.by().id()))
                .toList();
    }

    /** From the side of the older session, and at the time of the link between the two. */
    private HandOver asSeen(HandOver handOver, List<SeenLink> links) {
        Leg other = handOver.other();
        if (other == null) {
            return handOver;
        }
        SeenLink link = links.stream()
                .filter(one -> Set.of(one.from(), one.to()).equals(Set.of(handOver.by(), other)))
                .findFirst()
                .orElseThrow();
        // By the letter it is a pickup where the parked end is the first to name the other.
        boolean fetched = link.kind(parties).equals("pickup");
        HandOver.Kind kind = fetched ? HandOver.Kind.PICKUP : handOver.kind();
        Instant time = Instant.ofEpochMilli(link.time());
        return place(other) < place(handOver.by())
                ? handOver.turned(kind, time, isStillThere(handOver.by(), time))
                : handOver.as(kind, time);
    }

    /** Two servers' clocks may differ by more than it takes to leave. */
    private boolean isStillThere(Leg leg, Instant time) {
        return parties.stream().anyMatch(party -> party.leg() == leg && party.lastTime() > time.toEpochMilli());
    }

    private int place(Leg leg) {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).session() == leg.session()) {
                return i;
            }
        }
        return sessions.size();
    }

    boolean sees(Leg leg) {
        return parties.stream().anyMatch(party -> party.leg() == leg);
    }

    List<String> incomplete() {
        List<String> reasons = new ArrayList<>();
        if (parties.stream().anyMatch(party -> party.end() == null)) {
            reasons.add("noFinalStatus");
        }
        if (sessions.stream().anyMatch(session -> !session.neverSent().isEmpty())) {
            reasons.add("sequenceGap");
        }
        return reasons;
    }

    // When

    long startTime() {
        return start;
    }

    long endTime() {
        return end;
    }

    @Nullable
    Long answerTime() {
        return answer;
    }

    long talkMs() {
        Spans talk = Spans.union(in(Status.ANSWERED, answering()));
        Spans pauses =
                Spans.union(Stream.concat(in(Status.HOLD, talking()).stream(), in(Status.PARKED, talking()).stream())
                        .toList());
        return talk.without(pauses).length();
    }

    long holdMs() {
        return Spans.union(in(Status.HOLD, talking())).length();
    }

    long parkMs() {
        return Spans.union(in(Status.PARKED, talking())).length();
    }

    @Nullable
    Long ringMs() {
        List<Span> ringing = answering()
                .map(party -> party.ringing(end))
                .filter(Objects::nonNull)
                .toList();
        if (ringing.isEmpty()) {
            return null;
        }
        Spans all = Spans.union(ringing);
        return (answer == null ? all : all.before(answer)).length();
    }

    private List<Span> in(String status, Stream<SeenParty> of) {
        return of.flatMap(party -> party.timeIn(status, end).stream()).toList();
    }

    private Stream<SeenParty> answering() {
        return sessions.stream().flatMap(session -> session.answering().stream());
    }

    private Stream<SeenParty> talking() {
        return parties.stream().filter(party -> !party.supervises());
    }

    // What

    boolean isOutbound() {
        SeenParty caller = first().caller();
        return first().session().isRingOut() || (caller != null && caller.extension() != null);
    }

    boolean isInternal() {
        SeenParty called = first().called();
        return isOutbound() && called != null && called.extension() != null;
    }

    boolean isFax() {
        return wasIn(Status.FAX_RECEIVE);
    }

    String action() {
        if (isFax()) {
            return "Incoming Fax";
        }
        if (isMonitoring()) {
            return "Monitoring";
        }
        if (first().session().isRingOut()) {
            return "RingOut Web";
        }
        return first().session().isConference() ? "Conference Call" : "Phone Call";
    }

    String result() {
        if (isFax()) {
            return "Received";
        }
        if (isMonitoring()) {
            return "Call connected";
        }
        if (answer != null) {
            return isOutbound() ? "Call connected" : "Accepted";
        }
        if (wasIn(Status.VOICEMAIL)) {
            return "Voicemail";
        }
        if (isOutbound()) {
            return UNANSWERED.getOrDefault(lastReason(), "No Answer");
        }
        return parties.stream().anyMatch(party -> party.leg().queue() != null) ? "Abandoned" : "Missed";
    }

    private boolean isMonitoring() {
        return parties.stream().allMatch(SeenParty::supervises);
    }

    private boolean wasIn(String status) {
        return parties.stream().anyMatch(party -> party.wasIn(status));
    }

    private String lastReason() {
        Happening last = parties.stream()
                .flatMap(party -> party.events().stream())
                .filter(event -> event.reason() != null)
                .max(Comparator.comparing(Happening::time).thenComparingLong(Happening::sequence))
                .orElse(null);
        return last == null ? "" : String.valueOf(last.reason());
    }

    @Nullable
    Contact end(Function<Happening, Contact> which) {
        return first().parties().get(0).last(which);
    }
}
