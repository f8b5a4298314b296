package io.callweave.call.record;

import io.callweave.call.Call;
import io.callweave.call.completion.Continuations;
import io.callweave.call.event.PartyRef;
import io.callweave.call.session.Party;
import io.callweave.call.session.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hint at who hung up. INFER: RingCentral does not say it, and both parties end within milliseconds. The one who hung
 * up ends first.
 */
final class FirstToLeave {

    private static final Comparator<Party> BY_END = Comparator.comparingLong(Party::lastKnownTime)
            .thenComparingLong(FirstToLeave::endSequence)
            .thenComparing(Party::ref);

    private FirstToLeave() {}

    /**
     * The party that broke up the last pair of the conversation.
     *
     * @param answered whether the call is answered
     * @return null if that is unknown, or if the party left because it transferred the call
     */
    static @Nullable PartyRef of(Call call, boolean answered) {
        if (!answered || !call.isOver()) {
            return null;
        }
        Party party = leavesOneBehind(call);
        return party == null || Continuations.isAnnouncedBy(party, call) ? null : party.ref();
    }

    /** The one whose end left one other behind: of those whom a later one had joined by their end, the last to end. */
    private static @Nullable Party leavesOneBehind(Call call) {
        List<Party> talkers = new ArrayList<>();
        for (Party party : call.parties()) {
            if (party.role().takesPart() && party.answerTime() != null) {
                talkers.add(party);
            }
        }
        talkers.sort(BY_END);
        // If two later parties had been answered by then, the one of them that ends first is later and fits too.
        long earliestAnswer = Long.MAX_VALUE;
        for (int i = talkers.size() - 1; i >= 0; i--) {
            Party party = talkers.get(i);
            if (earliestAnswer <= party.lastKnownTime()) {
                return party;
            }
            if (party.answerTime() != null) {
                earliestAnswer = Math.min(earliestAnswer, party.answerTime());
            }
        }
        return null;
    }

    private static long endSequence(Party party) {
        Timeline.End end = party.end();
        return end == null ? Long.MAX_VALUE : end.sequence();
    }
}
