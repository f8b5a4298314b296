package io.callweave.call.session;

import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A user who moves a call to another device gets a new party. RingCentral reports that party as Outbound even in an
 * incoming call. So a party that begins after another one of the same extension and session, which ended with
 * CallSwitch or CallFlip, follows that one and takes its direction. RingCentral's own client does the same.
 *
 * @param parties in order of first sequence, each with its real direction
 * @param followSwitch those that follow a party which ended with CallSwitch
 */
record DeviceSwitch(List<Party> parties, Set<PartyRef> followSwitch) {

    private static final Comparator<Party> ENDED_LAST =
            Comparator.comparingLong(DeviceSwitch::endSequence).thenComparing(Party::id);

    /** Settles the directions of the parties of one session, which come in order of first sequence. */
    static DeviceSwitch of(List<Party> parties) {
        if (!anyHandsOver(parties)) {
            return new DeviceSwitch(parties, Set.of());
        }
        Map<String, Party> lastToHandOver = new HashMap<>();
        Set<PartyRef> followSwitch = new HashSet<>();
        List<Party> settled = new ArrayList<>(parties.size());
        int remembered = 0;
        for (int i = 0; i < parties.size(); i++) {
            Party party = parties.get(i);
            // Parties of one notification begin together, so none of them follows another.
            while (parties.get(remembered).firstSequence() < party.firstSequence()) {
                remember(settled.get(remembered), lastToHandOver);
                remembered++;
            }
            Party before = lastToHandOver.get(party.extensionId());
            if (before != null && before.endedWith(Reason.CALL_SWITCH)) {
                followSwitch.add(party.ref());
            }
            settled.add(before == null || before.direction() == null ? party : party.withDirection(before.direction()));
        }
        return new DeviceSwitch(settled, followSwitch);
    }

    private static void remember(Party party, Map<String, Party> lastToHandOver) {
        if (party.extensionId() != null && handsOver(party)) {
            lastToHandOver.merge(
                    party.extensionId(), party, (one, other) -> ENDED_LAST.compare(one, other) > 0 ? one : other);
        }
    }

    private static long endSequence(Party party) {
        Timeline.End end = party.end();
        return end == null ? Long.MAX_VALUE : end.sequence();
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
}
