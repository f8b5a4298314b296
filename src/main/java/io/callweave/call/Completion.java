package io.callweave.call;

import java.util.ArrayList;
import java.util.List;

/** When a call is over, so that its record can be given out. */
public final class Completion {

    private Completion() {}

    /**
     * Over beyond doubt: nothing that was announced is still to come. Then the record goes out at once; any other call has
     * to be waited for.
     */
    public static boolean isBeyondDoubt(Call call, CallRules rules) {
        return call.isOver()
                && call.awaitedSessions().isEmpty()
                && !(rules.gapsCount() && hasGap(call))
                && isWhole(call);
    }

    /** All that keeps the call from being over beyond doubt; empty exactly if it {@linkplain #isBeyondDoubt is}. */
    public static List<Doubt> doubts(Call call, CallRules rules) {
        List<Doubt> doubts = new ArrayList<>();
        for (Party party : call.parties()) {
            if (!party.isOver()) {
                doubts.add(new Doubt.PartyOpen(party.ref(), party.timeline().lastStatus(), party.extensionId()));
            }
        }
        call.awaitedSessions().forEach(id -> doubts.add(new Doubt.SessionAwaited(id)));
        for (FoldedSession session : call.sessions()) {
            if (rules.gapsCount() && !session.missingSequences().isEmpty()) {
                doubts.add(new Doubt.SequencesMissing(session.id(), session.missingSequences()));
            }
            if (isAlone(session)) {
                doubts.add(new Doubt.PartyAlone(session.parties().get(0).ref()));
            }
            for (Party party : session.parties()) {
                if (!isContinued(party, session, call)) {
                    doubts.add(new Doubt.ContinuationUnseen(party.ref(), party.endReason()));
                }
            }
        }
        return doubts;
    }

    static boolean hasGap(Call call) {
        for (FoldedSession session : call.sessions()) {
            if (!session.missingSequences().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWhole(Call call) {
        for (FoldedSession session : call.sessions()) {
            if (isAlone(session)) {
                return false;
            }
            for (Party party : session.parties()) {
                if (!isContinued(party, session, call)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** INFER: nobody is on the phone alone, so a session of which one party was seen may have more. */
    private static boolean isAlone(FoldedSession session) {
        return session.parties().size() == 1;
    }

    private static boolean isContinued(Party party, FoldedSession session, Call call) {
        Timeline.End end = party.end();
        if (end == null || end.reason() == null || !Reason.announcesContinuation(end.reason())) {
            return true;
        }
        Peer peer = party.peer();
        return session.parties().stream().anyMatch(other -> other.firstSequence() > end.sequence())
                || call.sessions().stream()
                        .anyMatch(other -> (peer != null && other.id().equals(peer.telephonySessionId()))
                                || PeerEdges.of(other.session()).named().contains(session.id()));
    }
}
