package io.callweave.simulation.truth;

import io.callweave.simulation.platform.Happening;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.WireStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A party that named a party of another session. */
record SeenLink(
        SimulatedLeg from, SimulatedLeg to, @Nullable String reason, long time) {

    /** One for each pair of parties: the earlier naming. */
    static List<SeenLink> of(List<SeenParty> parties) {
        List<SeenLink> all = new ArrayList<>();
        for (SeenParty party : parties) {
            for (Happening event : party.events()) {
                SimulatedLeg peer = event.peer();
                if (peer != null) {
                    all.add(new SeenLink(party.leg(), peer, event.reason(), SeenParty.time(event)));
                }
            }
        }
        // At the same time, the smaller id comes first, as in the contract.
        all.sort((one, other) -> one.time() != other.time()
                ? Long.compare(one.time(), other.time())
                : one.from().session().id().compareTo(other.from().session().id()));
        Set<Set<SimulatedLeg>> pairs = new HashSet<>();
        return all.stream()
                .filter(link -> pairs.add(Set.of(link.from(), link.to())))
                .toList();
    }

    /** The kind of link, in the call record's word. */
    String kind(List<SeenParty> parties) {
        return switch (String.valueOf(reason)) {
            case "AttendedTransfer" -> "attendedTransfer";
            case "Conference" -> "conference";
            case "Supervising" -> "supervision";
            case "Pickup" -> wasParked(to.session(), parties) ? "parkRetrieval" : "pickup";
            case "null" -> from.session().isConference() || to.session().isConference() ? "conference" : "other";
            default -> "other";
        };
    }

    private static boolean wasParked(TelephonySession session, List<SeenParty> parties) {
        return parties.stream().anyMatch(party -> party.leg().session() == session && party.wasIn(WireStatus.PARKED));
    }
}
