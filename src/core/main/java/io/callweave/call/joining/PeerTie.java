package io.callweave.call.joining;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Peer;
import io.callweave.call.event.Reason;
import io.callweave.call.session.Session;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one session say about another session that they name as a peer.
 *
 * @param supervised whether one of them has the reason Supervising
 * @param takenOver whether a supervisor named this way took the call over
 */
public record PeerTie(boolean supervised, boolean takenOver) {

    /** In characters; those of RingCentral have 34. Longer ones would have to be kept with each session that they tie. */
    private static final int LONGEST_ID = 255;

    /** Every other session that the events of this session name, in the order of the events; too long an id ties nothing. */
    public static Map<String, PeerTie> of(Session session) {
        if (!canTie(session.id())) {
            return Map.of();
        }
        Map<String, PeerTie> ties = new LinkedHashMap<>();
        Set<String> takeOvers = new HashSet<>();
        for (PartyEvent event : session.events()) {
            if (Reason.TAKE_OVER.equals(event.facts().reason())) {
                takeOvers.add(event.partyId());
            }
        }
        for (PartyEvent event : session.events()) {
            Peer peer = event.facts().peer();
            if (peer != null
                    && canTie(peer.telephonySessionId())
                    && !peer.telephonySessionId().equals(session.id())) {
                boolean supervised = Reason.SUPERVISING.equals(event.facts().reason());
                boolean takenOver = supervised && takeOvers.contains(event.partyId());
                ties.merge(peer.telephonySessionId(), new PeerTie(supervised, takenOver), PeerTie::and);
            }
        }
        return ties;
    }

    private static boolean canTie(String id) {
        return id.length() <= LONGEST_ID;
    }

    /** Combines both sides: either session may have named the other, and one Supervising between them decides. */
    private PeerTie and(PeerTie other) {
        return new PeerTie(supervised || other.supervised, takenOver || other.takenOver);
    }

    /**
     * Whether two sessions are one call.
     *
     * @param one what the first session says about the second; null if it does not name it
     * @param other what the second session says about the first; null if it does not name it
     */
    public static boolean join(@Nullable PeerTie one, @Nullable PeerTie other) {
        if (one == null || other == null) {
            PeerTie only = one == null ? other : one;
            return only != null && only.joins();
        }
        return one.and(other).joins();
    }

    private boolean joins() {
        return !supervised || takenOver;
    }
}
