package io.callweave.simulation.truth;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds parties with an end that announces a continuation, and whether an account sees one. */
final class SeenContinuations {

    private static final String FLIP = "CallFlip";
    private static final String SWITCH = "CallSwitch";
    private static final String PICKUP = "Pickup";
    private static final String TAKE_OVER = "TakeOver";

    private static final Set<String> REASONS = Set.of(
            "BlindTransfer",
            "RccTransfer",
            "DtmfTransfer",
            "AttendedTransfer",
            "CallerInputRedirect",
            FLIP,
            SWITCH,
            TAKE_OVER,
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
        return successor(party, session) != null
                || sessions.stream().anyMatch(other -> other != session && names(other, session));
    }

    /** The party that has the call after this one left: the next to begin, else the last that took over before. */
    static @Nullable SeenParty successor(SeenParty party, SeenSession session) {
        SeenParty.Phase end = party.end();
        if (end == null) {
            return null;
        }
        List<SeenParty> others = session.parties().stream()
                .filter(other -> other != party && !other.supervises() && !other.standsIn())
                .toList();
        return others.stream()
                .filter(other -> other.firstSequence() > end.sequence())
                .min(Comparator.comparingLong(SeenParty::firstSequence))
                .orElseGet(() -> others.stream()
                        .filter(other -> !other.queues() && !other.isOverAt(end.sequence()))
                        .filter(other -> hasTakenOver(other, party, end.sequence()))
                        .max(Comparator.comparingLong(SeenParty::firstSequence))
                        .orElse(null));
    }

    private static boolean hasTakenOver(SeenParty other, SeenParty party, long left) {
        if (party.endedWith(TAKE_OVER) && other.hasReason(TAKE_OVER)) {
            return true;
        }
        boolean sameUser = party.extension() != null && party.extension().equals(other.extension());
        if (!sameUser && other.direction() != party.direction()) {
            return false;
        }
        boolean moves = party.endedWith(FLIP) || party.endedWith(SWITCH) || party.endedWith(PICKUP);
        if (moves && other.firstAnswer() < left) {
            return true;
        }
        if (party.firstAnswer() < left) {
            return other.firstSequence() > party.firstAnswer();
        }
        return !party.endedWith(PICKUP) && other.firstSequence() > party.firstSequence();
    }

    private static boolean names(SeenSession other, SeenSession session) {
        return other.parties().stream()
                .flatMap(party -> party.events().stream())
                .anyMatch(event -> event.peer() != null && event.peer().session() == session.session());
    }
}
