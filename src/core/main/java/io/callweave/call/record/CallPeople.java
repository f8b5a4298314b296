package io.callweave.call.record;

import io.callweave.call.AnsweredBy;
import io.callweave.call.CallAddresses;
import io.callweave.call.calllog.CallLogRefs;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who called whom, who answered and who waited where: what a record says of its people besides its parties.
 *
 * @param from who called ({@link CallAddresses}), like {@code to}
 * @param callerName the name of the one who calls, without that of a queue
 * @param answeredBy null if nobody answered
 * @param firstToLeave a hint at who hung up; null if there is none
 * @param queues by the time of entering
 * @param refs what a Call Log record of the call would refer to
 */
public record CallPeople(
        @Nullable Address from,
        @Nullable Address to,
        @Nullable String callerName,
        @Nullable AnsweredBy answeredBy,
        @Nullable PartyRef firstToLeave,
        List<QueueVisit> queues,
        CallLogRefs refs) {

    static final CallPeople UNKNOWN = new CallPeople(null, null, null, null, null, List.of(), CallLogRefs.NONE);
}
