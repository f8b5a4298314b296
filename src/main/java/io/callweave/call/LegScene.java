package io.callweave.call;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the legs of one session have in common.
 *
 * @param answering the parties whose answer counts
 * @param answerTimes when each of those who did answered
 * @param calledFromExtension whether the account's own extension is the one that calls
 */
record LegScene(
        FoldedSession session, Set<PartyRef> answering, TreeSet<Long> answerTimes, boolean calledFromExtension) {

    static LegScene of(FoldedSession session) {
        List<Party> answering = AnsweringParties.of(session);
        Set<PartyRef> refs = new HashSet<>();
        TreeSet<Long> answerTimes = new TreeSet<>();
        for (Party party : answering) {
            refs.add(party.ref());
            if (party.answerTime() != null) {
                answerTimes.add(party.answerTime());
            }
        }
        boolean calledFromExtension = session.parties().stream()
                .filter(party -> party.isOutbound() && !party.isSupervisor())
                .limit(1)
                .map(Party::extensionId)
                .anyMatch(Objects::nonNull);
        return new LegScene(session, refs, answerTimes, calledFromExtension);
    }

    boolean answers(Party party) {
        return answering.contains(party.ref());
    }

    boolean wasAnswered() {
        return !answerTimes.isEmpty();
    }

    /** Whether another one answered while this one, who did not, was there. */
    boolean wasAnsweredElsewhere(Party party) {
        Long answer = answerTimes.ceiling(party.startTime());
        return answer != null && answer <= party.lastKnownTime();
    }

    boolean wentToVoicemail() {
        return session.parties().stream().anyMatch(party -> party.timeline().wasIn(Status.VOICEMAIL));
    }

    boolean wasForQueue() {
        return session.parties().stream().anyMatch(Party::queueCall);
    }

    @Nullable
    String lastReason() {
        return CallResult.lastReason(session.session().events().stream());
    }
}
