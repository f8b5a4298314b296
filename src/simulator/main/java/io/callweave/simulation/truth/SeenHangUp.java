package io.callweave.simulation.truth;

import io.callweave.simulation.platform.SimulatedLeg;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who hung up: the party that left the last two that talked. */
final class SeenHangUp {

    private SeenHangUp() {}

    /** Null if nobody talked, if a party is not seen to end, or if the party that left transferred the call. */
    static @Nullable SimulatedLeg of(List<SeenSession> sessions) {
        List<SeenParty> parties =
                sessions.stream().flatMap(session -> session.parties().stream()).toList();
        if (parties.stream().anyMatch(party -> party.end() == null)) {
            return null;
        }
        List<SeenParty> inOrder = parties.stream()
                .filter(party -> party.takesPart() && party.answerTime() != null)
                .sorted(Comparator.comparingLong(SeenParty::lastTime)
                        .thenComparingLong(
                                party -> Objects.requireNonNull(party.end()).sequence())
                        .thenComparing(party -> party.leg().id()))
                .toList();
        for (int i = inOrder.size() - 2; i >= 0; i--) {
            SeenParty party = inOrder.get(i);
            long left = inOrder.subList(i + 1, inOrder.size()).stream()
                    .filter(other -> Objects.requireNonNull(other.answerTime()) <= party.lastTime())
                    .count();
            if (left == 1) {
                return handsOn(party, sessions) ? null : party.leg();
            }
        }
        return null;
    }

    private static boolean handsOn(SeenParty party, List<SeenSession> sessions) {
        return sessions.stream()
                .anyMatch(
                        session -> session.parties().contains(party) && SeenContinuations.isAnnounced(party, session));
    }
}
