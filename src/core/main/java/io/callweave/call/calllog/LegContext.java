package io.callweave.call.calllog;

import io.callweave.call.AnsweringParties;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Status;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the legs of one session have in common.
 *
 * @param answering the parties that can answer the call
 * @param answerTimes when those of them who answered did so
 * @param lastReason the last reason that was sent, null if there is none
 */
record LegContext(
        FoldedSession session,
        Set<PartyRef> answering,
        TreeSet<Long> answerTimes,
        boolean wentToVoicemail,
        boolean wasForQueue,
        @Nullable String lastReason) {

    static LegContext of(FoldedSession session) {
        List<Party> answering = AnsweringParties.of(session);
        Set<PartyRef> refs = new HashSet<>();
        TreeSet<Long> answerTimes = new TreeSet<>();
        for (Party party : answering) {
            refs.add(party.ref());
            if (party.answerTime() != null) {
                answerTimes.add(party.answerTime());
            }
        }
        return new LegContext(
                session,
                refs,
                answerTimes,
                session.parties().stream().anyMatch(party -> party.timeline().wasIn(Status.VOICEMAIL)),
                session.parties().stream().anyMatch(Party::queueCall),
                CallResult.lastReason(session.session().events().stream()));
    }

    boolean answers(Party party) {
        return answering.contains(party.ref());
    }

    boolean wasAnswered() {
        return !answerTimes.isEmpty();
    }

    /** Whether another party answered while this one, which did not answer, was there. */
    boolean wasAnsweredElsewhere(Party party) {
        Long answer = answerTimes.ceiling(party.startTime());
        return answer != null && answer <= party.lastKnownTime();
    }
}
