package io.callweave.call;

import java.util.ArrayList;
import java.util.List;

/**
 * The parties whose answer is the call's answer: those who were called, and not those who called, watched or only stand
 * for another session's party.
 */
final class AnsweringParties {

    private AnsweringParties() {}

    static List<Party> of(Call call) {
        if (call.sessions().size() == 1) {
            return of(call.first());
        }
        return call.sessions().stream().flatMap(session -> of(session).stream()).toList();
    }

    static List<Party> of(FoldedSession session) {
        boolean showsNobodyCalled = showsNobodyCalled(session);
        List<Party> answering = new ArrayList<>(session.parties().size());
        for (Party party : session.parties()) {
            if (!party.isSupervisor()
                    && !party.isBridge()
                    && (showsNobodyCalled || party.isInbound())
                    && !session.isRingOutInitiator(party)) {
                answering.add(party);
            }
        }
        return answering;
    }

    /** INFER: where the called side is not delivered (another account, a conference), the calling side has to do. */
    private static boolean showsNobodyCalled(FoldedSession session) {
        for (Party party : session.parties()) {
            if (party.isInbound() && !party.isBridge() && !party.isSupervisor()) {
                return false;
            }
        }
        return true;
    }
}
