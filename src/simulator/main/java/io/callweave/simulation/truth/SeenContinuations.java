package io.callweave.simulation.truth;

import io.callweave.simulation.platform.WireStatus;
import java.util.List;
import java.util.Set;

/** Finds parties with an end that announces a continuation, and whether an account sees one. */
final class SeenContinuations {

    private static final String FLIP = "CallFlip";
    private static final String SWITCH = "CallSwitch";
    private static final String PICKUP = "Pickup";

    private static final Set<String> REASONS = Set.of(
            "BlindTransfer",
            "RccTransfer",
            "DtmfTransfer",
            "AttendedTransfer",
            "CallerInputRedirect",
            FLIP,
            SWITCH,
            "TakeOver",
            "CallPark",
            "ParkLocation",
            PICKUP,
            "CallRedirected",
            "Conference");

    private SeenContinuations() {}

    /** Whether somebody was left behind, and no successor is seen. */
    static boolean isAnyUnseen(List<SeenSession> sessions) {
        return sessions.stream()
                .anyMatch(session -> session.parties().stream()
                        .anyMatch(party -> isAnnounced(party, session)
                                && party.events().stream().allMatch(event -> event.peer() == null)
                                && !isSeen(party, session, sessions)));
    }

    /** Whether the party's end announces a continuation, and somebody is there for whom the call could continue. */
    static boolean isAnnounced(SeenParty party, SeenSession session) {
        SeenParty.Phase end = party.end();
        return end != null && end.reason() != null && REASONS.contains(end.reason()) && leavesSomebody(party, session);
    }

    private static boolean leavesSomebody(SeenParty party, SeenSession session) {
        SeenParty.Phase end = party.end();
        List<SeenParty> others = session.parties().stream()
                .filter(other -> other != party && other.takesPart())
                .filter(other -> !other.isInbound() || other.answerTime() != null)
                .toList();
        return others.isEmpty() || end == null || others.stream().anyMatch(other -> !other.isOverAt(end.sequence()));
    }

    private static boolean isSeen(SeenParty party, SeenSession session, List<SeenSession> sessions) {
        SeenParty.Phase end = party.end();
        long left = end == null ? Long.MAX_VALUE : end.sequence();
        return session.parties().stream()
                        .anyMatch(other -> other != party
                                && (comesAfter(other, left)
                                        || isOtherDevice(other, party, left)
                                        || hasPickedUp(other, party, left)))
                || sessions.stream().anyMatch(other -> other != session && names(other, session));
    }

    private static boolean comesAfter(SeenParty other, long left) {
        return !other.supervises() && !other.standsIn() && other.firstSequence() > left;
    }

    private static boolean isOtherDevice(SeenParty other, SeenParty party, long left) {
        return (party.endedWith(FLIP) || party.endedWith(SWITCH))
                && party.extension() != null
                && party.extension().equals(other.extension())
                && !other.isOverAt(left);
    }

    private static boolean hasPickedUp(SeenParty other, SeenParty party, long left) {
        return party.endedWith(PICKUP)
                && other.takesPart()
                && other.direction() == party.direction()
                && other.events().stream()
                        .anyMatch(event -> event.status().equals(WireStatus.ANSWERED) && event.sequence() < left)
                && !other.isOverAt(left);
    }

    private static boolean names(SeenSession other, SeenSession session) {
        return other.parties().stream()
                .flatMap(party -> party.events().stream())
                .anyMatch(event -> event.peer() != null && event.peer().session() == session.session());
    }
}
