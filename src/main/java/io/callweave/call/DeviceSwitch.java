package io.callweave.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user who moves a call to another device gets a new party, and RingCentral shows that one as Outbound even if the call
 * came in. So a party that begins when one of the same extension and session has ended with CallSwitch or CallFlip goes
 * on in that party's direction.
 */
final class DeviceSwitch {

    private static final Comparator<Party> IN_TIME = Comparator.comparingLong(Party::startTime)
            .thenComparingLong(Party::firstSequence)
            .thenComparing(Party::id);

    private DeviceSwitch() {}

    /** The parties of one session, in the order given, each with the direction that it really has. */
    static List<Party> settleDirections(List<Party> parties) {
        if (!anyHandsOver(parties)) {
            return parties;
        }
        List<Party> inTime = new ArrayList<>(parties);
        inTime.sort(IN_TIME);
        Map<PartyRef, Party> settled = new HashMap<>();
        for (Party party : inTime) {
            Party before = predecessor(party, parties);
            if (before != null) {
                // A chain of switches: the one before may itself have taken its direction from another.
                String direction = settled.getOrDefault(before.ref(), before).direction();
                party = direction == null ? party : party.withDirection(direction);
            }
            settled.put(party.ref(), party);
        }
        return parties.stream()
                .map(party -> settled.getOrDefault(party.ref(), party))
                .toList();
    }

    /** The parties that this one may have taken over from. */
    static Stream<Party> predecessors(Party party, List<Party> parties) {
        return parties.stream()
                .filter(other -> IN_TIME.compare(other, party) < 0)
                .filter(other -> handsOver(other) && sameExtension(party, other))
                .filter(other -> party.startTime() >= other.lastKnownTime());
    }

    /** The party that this one took over from: of several, the last one to hand over. */
    static @Nullable Party predecessor(Party party, List<Party> parties) {
        return predecessors(party, parties)
                .max(Comparator.comparingLong(Party::lastKnownTime).thenComparing(IN_TIME))
                .orElse(null);
    }

    private static boolean anyHandsOver(List<Party> parties) {
        for (Party party : parties) {
            if (handsOver(party)) {
                return true;
            }
        }
        return false;
    }

    private static boolean handsOver(Party party) {
        return party.endedWith(Reason.CALL_SWITCH) || party.endedWith(Reason.CALL_FLIP);
    }

    private static boolean sameExtension(Party party, Party other) {
        return party.extensionId() != null && party.extensionId().equals(other.extensionId());
    }
}
