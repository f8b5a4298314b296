package io.callweave.call;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which other sessions the events of one session name as peers.
 *
 * @param named all of them
 * @param supervised those that some event names with the reason Supervising
 * @param takenOver those of the supervised whose supervisor took the call over
 */
record PeerEdges(Set<String> named, Set<String> supervised, Set<String> takenOver) {

    private static final PeerEdges NONE = new PeerEdges(Set.of(), Set.of(), Set.of());

    static PeerEdges of(Session session) {
        Set<String> named = new LinkedHashSet<>();
        Set<String> supervised = new HashSet<>();
        Set<String> takenOver = new HashSet<>();
        for (PartyEvent event : session.events()) {
            Peer peer = event.facts().peer();
            if (peer == null) {
                continue;
            }
            named.add(peer.telephonySessionId());
            if (Reason.SUPERVISING.equals(event.facts().reason())) {
                supervised.add(peer.telephonySessionId());
                if (tookOver(session, event.partyId())) {
                    takenOver.add(peer.telephonySessionId());
                }
            }
        }
        return named.isEmpty() ? NONE : new PeerEdges(named, supervised, takenOver);
    }

    private static boolean tookOver(Session session, String partyId) {
        return session.events().stream()
                .anyMatch(event -> event.partyId().equals(partyId)
                        && Reason.TAKE_OVER.equals(event.facts().reason()));
    }
}
