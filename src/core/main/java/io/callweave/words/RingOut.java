package io.callweave.words;

import io.callweave.call.record.PartyRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of a RingOut. RingCentral first rings the phone of the user who asked for the call, and then the customer;
 * to both it is an inbound call, and the addresses of one are those of the other in reverse. The record has those of the
 * customer's party: from the user, to the customer.
 *
 * @param initiator the name of the user
 * @param target the name of the customer
 * @param own the party of the user; null if it was not seen
 * @param targetSeen whether there is a party of the other end: RingCentral can send it as a session of its own
 */
record RingOut(String initiator, String target, @Nullable PartyRecord own, boolean targetSeen) {

    /** Why the other end did not answer, as far as it is not the result of the call. */
    Optional<String> unanswered() {
        if (own != null && own.answerTime() == null) {
            return Optional.of("own phone not answered");
        }
        return targetSeen ? Optional.empty() : Optional.of("other end not seen");
    }
}
