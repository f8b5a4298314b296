package io.callweave.call;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import io.callweave.call.session.Party;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answered a call: the answering party that was Answered first.
 *
 * @param extensionId null if somebody outside the account answered
 * @param queueExtensionId the queue that the call came out of
 * @param phoneNumber of the party's own address, as {@code name}; null where that address is the queue's
 */
public record AnsweredBy(
        PartyRef party,
        @Nullable String extensionId,
        @Nullable String queueExtensionId,
        @Nullable String phoneNumber,
        @Nullable String name) {

    private static final Comparator<Party> FIRST_ANSWER = Comparator.comparing(
                    Party::answerTime, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Party::ref);

    /** The party that was Answered first, then the one with the smaller id; null if none was. */
    public static @Nullable Party first(List<Party> answering) {
        Party first = null;
        for (Party party : answering) {
            if (party.answerTime() != null && (first == null || FIRST_ANSWER.compare(party, first) < 0)) {
                first = party;
            }
        }
        return first;
    }

    public static @Nullable AnsweredBy of(List<Party> answering) {
        Party party = first(answering);
        if (party == null) {
            return null;
        }
        Address own = party.ownAddress();
        String queue = party.queueExtensionId();
        // For an agent in a queue, "to" is the queue: its number and name are not the agent's.
        boolean isQueues = own != null && queue != null && queue.equals(own.extensionId());
        return new AnsweredBy(
                party.ref(),
                party.extensionId(),
                queue,
                own == null || isQueues ? null : own.phoneNumber(),
                own == null || isQueues ? null : own.name());
    }
}
