package io.callweave.call;

import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the parties that can answer a call: those who were called, and supervisors who took the call over. Callers,
 * other supervisors and stand-ins for another session's party do not answer the call, and neither does a queue or a
 * menu.
 */
public final class AnsweringParties {

    private AnsweringParties() {}

    public static List<Party> of(Call call) {
        if (call.sessions().size() == 1) {
            return of(call.first());
        }
        return call.sessions().stream().flatMap(session -> of(session).stream()).toList();
    }

    public static List<Party> of(FoldedSession session) {
        boolean showsNobodyCalled = showsNobodyCalled(session);
        List<Party> answering = new ArrayList<>(session.parties().size());
        for (Party party : session.parties()) {
            boolean called =
                    party.isInbound() || party.tookOver() || (showsNobodyCalled && party.extensionId() != null);
            if (called && party.role().takesPart() && !party.isMenu() && !session.isRingOutInitiator(party)) {
                answering.add(party);
            }
        }
        return answering;
    }

    /**
     * INFER: where the called side is not delivered (another account, a conference), the account's own calling side
     * counts instead. An outside caller never answers his own call.
     */
    private static boolean showsNobodyCalled(FoldedSession session) {
        for (Party party : session.parties()) {
            if (party.isInbound() && !party.isBridge() && !party.isSupervisor()) {
                return false;
            }
        }
        return true;
    }
}
