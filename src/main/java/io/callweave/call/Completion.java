package io.callweave.call;

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
                && call.sessions().stream().allMatch(session -> isWhole(session, call));
    }

    static boolean hasGap(Call call) {
        return call.sessions().stream()
                .anyMatch(session -> !session.missingSequences().isEmpty());
    }

    /** INFER: nobody is on the phone alone, so a session of which one party was seen may have more. */
    private static boolean isWhole(FoldedSession session, Call call) {
        return session.parties().size() > 1
                && session.parties().stream().allMatch(party -> isContinued(party, session, call));
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
