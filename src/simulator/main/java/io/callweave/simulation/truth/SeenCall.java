package io.callweave.simulation.truth;

import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Happening;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.WireStatus;
import io.callweave.simulation.scene.HandOver;
import io.callweave.simulation.scene.Scene;
import io.callweave.simulation.truth.Spans.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a call that one account sees. The contract defines each figure; the script decides who talked, held and
 * transferred when.
 */
final class SeenCall {

    /** The Call Log's result of an outgoing call that ends for each reason. */
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

    private final SimulatedAccount account;
    private final List<SeenSession> sessions;
    private final List<SeenParty> parties;
    private final Scene scene;
    private final long start;
    private final long end;
    private final @Nullable Long answer;

    SeenCall(SimulatedAccount account, List<SeenSession> sessions, Scene scene) {
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
                new TruthJson(this, scene.wire()).write(lost));
    }

    SimulatedAccount account() {
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

    /** The transfers inside this call with a seen transferor, each from the side of the older session. */
    List<HandOver> handOvers() {
        List<SeenLink> links = links();
        return scene.handOvers().stream()
                .filter(handOver -> sees(handOver.by()) && !isPeersPickup(handOver))
                .map(handOver -> asSeen(handOver, links))
                .sorted(Comparator.comparing(HandOver::time)
                        .thenComparing(handOver -> handOver.by().id()))
                .toList();
    }

    /** Of a party that names a peer, only the link can be a pick-up. */
    private boolean isPeersPickup(HandOver handOver) {
        return handOver.kind() == HandOver.Kind.PICKUP
                && handOver.other() == null
                && parties.stream().anyMatch(party -> party.leg() == handOver.by() && party.peer() != null);
    }

    /** From the side of the older session, and at the time of the link between the two. */
    private HandOver asSeen(HandOver handOver, List<SeenLink> links) {
        SimulatedLeg other = handOver.other();
        if (other == null) {
            return insideSession(handOver);
        }
        SeenLink link = links.stream()
                .filter(one -> Set.of(one.from(), one.to()).equals(Set.of(handOver.by(), other)))
                .findFirst()
                .orElseThrow();
        // By the letter of the contract it is a pickup if the parked end names the other first.
        boolean fetched = link.kind(parties).equals("pickup");
        HandOver.Kind kind = fetched ? HandOver.Kind.PICKUP : handOver.kind();
        Instant time = Instant.ofEpochMilli(link.time());
        return place(other) < place(handOver.by())
                ? handOver.turned(kind, time, isStillThere(handOver.by(), time))
                : handOver.as(kind, time);
    }

    private HandOver insideSession(HandOver handOver) {
        SeenSession session = sessions.get(place(handOver.by()));
        SeenParty by = session.parties().stream()
                .filter(party -> party.leg() == handOver.by())
                .findFirst()
                .orElseThrow();
        SeenParty.Phase end = by.end();
        long left = end == null ? Long.MAX_VALUE : end.sequence();
        SeenParty to = SeenContinuations.successor(by, session);
        boolean told = handOver.kind() == HandOver.Kind.BLIND && handOver.from() != null;
        // Whose end the account never sees is there for it, even if the script says that nobody stays.
        SimulatedLeg from = told
                ? handOver.from()
                : session.parties().stream()
                        .filter(party -> party != by && !party.supervises() && !party.standsIn())
                        .filter(party -> party.firstSequence() < left && !party.isOverAt(left))
                        .map(SeenParty::leg)
                        .findFirst()
                        .orElse(null);
        return new HandOver(handOver.kind(), handOver.time(), handOver.by(), null, from, to == null ? null : to.leg());
    }

    /** Two servers' clocks may differ by more than the time that it takes to leave. */
    private boolean isStillThere(SimulatedLeg leg, Instant time) {
        return parties.stream().anyMatch(party -> party.leg() == leg && party.lastTime() > time.toEpochMilli());
    }

    private int place(SimulatedLeg leg) {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).session() == leg.session()) {
                return i;
            }
        }
        return sessions.size();
    }

    boolean sees(SimulatedLeg leg) {
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
        if (SeenContinuations.isAnyUnseen(sessions)) {
            reasons.add("unseenContinuation");
        }
        return reasons;
    }

    /** The first called party to answer. */
    @Nullable
    SeenParty answeredBy() {
        return answering()
                .filter(party -> party.answerTime() != null)
                .min(Comparator.comparing(SeenParty::answerTime)
                        .thenComparing(party -> party.leg().id()))
                .orElse(null);
    }

    @Nullable
    SimulatedLeg firstToLeave() {
        return answer == null ? null : SeenHangUp.of(sessions);
    }

    List<SeenQueue> queues() {
        return SeenQueue.of(parties, answering().toList());
    }

    // Times

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
        Spans talk = Spans.union(in(WireStatus.ANSWERED, answering()));
        Spans pauses = Spans.union(
                Stream.concat(in(WireStatus.HOLD, talking()).stream(), in(WireStatus.PARKED, talking()).stream())
                        .toList());
        return talk.without(pauses).length();
    }

    long holdMs() {
        return Spans.union(in(WireStatus.HOLD, talking())).length();
    }

    long parkMs() {
        return Spans.union(in(WireStatus.PARKED, talking())).length();
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

    // Values

    boolean isOutbound() {
        SeenParty caller = first().caller();
        return first().session().isRingOut() || (caller != null && caller.extension() != null);
    }

    boolean isInternal() {
        SeenParty called = first().called();
        return isOutbound() && called != null && called.extension() != null;
    }

    boolean isFax() {
        return wasIn(WireStatus.FAX_RECEIVE);
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
        if (wasIn(WireStatus.VOICEMAIL)) {
            return "Voicemail";
        }
        if (isOutbound()) {
            return UNANSWERED.getOrDefault(lastReason(), "No Answer");
        }
        return parties.stream().anyMatch(party -> party.leg().isQueueCall()) ? "Abandoned" : "Missed";
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

    /** Who calls, without the queue's name or the number that phones of a queue show. */
    @Nullable
    String callerName() {
        Contact from = from();
        String sent = from == null ? null : from.name();
        boolean shown = false;
        String ofName = null;
        String last = null;
        for (Map.Entry<Happening, SeenParty> seen : eventsOf(first()).entrySet()) {
            SimulatedLeg leg = seen.getValue().leg();
            if (!leg.showsQueue()) {
                continue;
            }
            Contact caller = seen.getKey().from();
            String name = leg.announcedName(caller);
            last = name == null ? last : name;
            if (sent != null && sent.equals(caller.name())) {
                shown = true;
                ofName = name;
            }
        }
        if (sent != null && !shown) {
            return sent;
        }
        return ofName == null ? last : ofName;
    }

    /** In the order of their sequences. */
    private static Map<Happening, SeenParty> eventsOf(SeenSession session) {
        Map<Happening, SeenParty> events = new TreeMap<>(Comparator.comparingLong(Happening::sequence));
        session.parties().forEach(party -> party.events().forEach(event -> events.put(event, party)));
        return events;
    }

    /** Who called: of a RingOut the user, whom the platform calls first. */
    @Nullable
    Contact from() {
        SeenParty shows = showsBothEnds();
        return shows.last(first().isInitiator(shows) ? shows::to : shows::from);
    }

    @Nullable
    Contact to() {
        SeenParty shows = showsBothEnds();
        return shows.last(first().isInitiator(shows) ? shows::from : shows::to);
    }

    private SeenParty showsBothEnds() {
        List<SeenParty> inOrder = first().parties();
        return inOrder.stream()
                .filter(party -> !first().isInitiator(party))
                .findFirst()
                .orElse(inOrder.get(0));
    }
}
