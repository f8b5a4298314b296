package io.callweave.call.completion;

import io.callweave.call.Call;
import io.callweave.call.event.Peer;
import io.callweave.call.event.Reason;
import io.callweave.call.joining.PeerTie;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import io.callweave.call.session.PartyPresence;
import io.callweave.call.session.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ends of parties that announce a continuation (a transfer, a flip, a pick-up), and whether it was seen. INFER: the
 * reasons are RingCentral's; what follows each of them comes from public samples and from RingCentral's own clients.
 *
 * <p>A session can have a thousand such parties, so no question looks at all of them.
 */
public final class Continuations {

    private static final long OPEN = Long.MAX_VALUE;

    private final Set<String> seenSessions;
    private final boolean namedByAnother;

    /** The ends of those parties that somebody can leave behind, sorted. */
    private final long[] ends;

    private final PartyPresence presence;

    private Continuations(FoldedSession session, Set<String> seenSessions, boolean namedByAnother) {
        this.seenSessions = seenSessions;
        this.namedByAnother = namedByAnother;
        this.ends = session.parties().stream()
                .filter(Continuations::canBeLeftBehind)
                .mapToLong(Continuations::endSequence)
                .sorted()
                .toArray();
        this.presence = new PartyPresence(session.parties());
    }

    /** The parties of a call that announced a continuation which was not seen. */
    public static List<Party> unseen(Call call) {
        List<Party> unseen = new ArrayList<>();
        Set<String> named = null;
        for (FoldedSession session : call.sessions()) {
            Continuations continuations = null;
            for (Party party : session.parties()) {
                if (!Reason.announcesContinuation(party.endReason())) {
                    continue;
                }
                named = named == null ? sessionsNamedByAnother(call) : named;
                continuations = continuations == null
                        ? new Continuations(session, call.sessionIds(), named.contains(session.id()))
                        : continuations;
                if (continuations.leavesSomebodyBehind(party) && !continuations.isSeen(party)) {
                    unseen.add(party);
                }
            }
        }
        return unseen;
    }

    /** Whether the end of this party announced that the call continues for somebody else. */
    public static boolean isAnnouncedBy(Party party, Call call) {
        if (!Reason.announcesContinuation(party.endReason())) {
            return false;
        }
        FoldedSession session = call.session(party.ref().telephonySessionId());
        return new Continuations(session, Set.of(), false).leavesSomebodyBehind(party);
    }

    /** The sessions that another session of the call names as a peer, unless the two are kept apart. */
    private static Set<String> sessionsNamedByAnother(Call call) {
        if (call.sessions().size() == 1) {
            return Set.of();
        }
        Map<String, Map<String, PeerTie>> ties = new HashMap<>();
        call.sessions().forEach(session -> ties.put(session.id(), PeerTie.of(session.session())));
        Set<String> named = new HashSet<>();
        ties.forEach((id, ofSession) -> ofSession.forEach((other, tie) -> {
            Map<String, PeerTie> ofOther = ties.get(other);
            if (ofOther != null && PeerTie.join(tie, ofOther.get(id))) {
                named.add(other);
            }
        }));
        return named;
    }

    /** False if all other parties left before. If no other party was seen, there must be an unseen one. */
    private boolean leavesSomebodyBehind(Party party) {
        int others = ends.length - (canBeLeftBehind(party) ? 1 : 0);
        // Where the party is one of them, more than its own end must be as late as its own: the last but one tells.
        return others == 0 || ends[others - 1] >= endSequence(party);
    }

    private static boolean canBeLeftBehind(Party party) {
        return party.role().takesPart() && (party.isOutbound() || party.answerTime() != null);
    }

    private boolean isSeen(Party party) {
        Peer peer = party.peer();
        return namedByAnother
                || (peer != null && seenSessions.contains(peer.telephonySessionId()))
                || presence.successor(party) != null;
    }

    private static long endSequence(Party party) {
        Timeline.End end = party.end();
        return end == null ? OPEN : end.sequence();
    }
}
