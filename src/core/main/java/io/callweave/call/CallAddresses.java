package io.callweave.call;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import org.jspecify.annotations.Nullable;

/**
 * Who called whom, as in RingCentral's Call Log.
 *
 * @param party the party that the addresses come from
 */
public record CallAddresses(
        PartyRef party, @Nullable Address from, @Nullable Address to) {

    /**
     * The addresses of the party with the lowest sequence. In a RingOut that is the Initiator, who is called first and to
     * whom RingCentral shows the other end as the caller. So there, the other party has them, or the Initiator in reverse.
     *
     * @param first the first session of a call
     */
    public static CallAddresses of(FoldedSession first) {
        Party lowest = first.parties().get(0);
        if (!first.isRingOut()) {
            return new CallAddresses(lowest.ref(), lowest.from(), lowest.to());
        }
        Party initiator = null;
        for (Party party : first.parties()) {
            if (first.isRingOutInitiator(party)) {
                initiator = initiator == null ? party : initiator;
            } else if (!party.isSupervisor() && !party.isBridge()) {
                return new CallAddresses(party.ref(), party.from(), party.to());
            }
        }
        return initiator == null
                ? new CallAddresses(lowest.ref(), lowest.from(), lowest.to())
                : new CallAddresses(initiator.ref(), initiator.to(), initiator.from());
    }
}
