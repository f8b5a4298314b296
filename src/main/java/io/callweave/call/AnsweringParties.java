package io.callweave.call;

import java.util.List;

/**
 * The parties whose answer is the call's answer: those who were called, and not those who called, watched or only stand
 * for another session's party.
 */
final class AnsweringParties {

    private AnsweringParties() {}

    static List<Party> of(Call call) {
        return call.sessions().stream().flatMap(session -> of(session).stream()).toList();
    }

    static List<Party> of(FoldedSession session) {
        boolean showsNobodyCalled = showsNobodyCalled(session);
        return session.parties().stream()
                .filter(party -> !party.isSupervisor() && !party.isBridge())
                .filter(party -> showsNobodyCalled || party.isInbound())
                .filter(party -> !session.isRingOutInitiator(party))
                .toList();
    }

    /** INFER: where the called side is not delivered (another account, a conference), the calling side has to do. */
    private static boolean showsNobodyCalled(FoldedSession session) {
        return session.parties().stream()
                .noneMatch(party -> party.isInbound() && !party.isBridge() && !party.isSupervisor());
    }
}
