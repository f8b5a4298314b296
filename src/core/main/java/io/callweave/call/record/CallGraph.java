package io.callweave.call.record;

import io.callweave.call.calllog.Leg;
import io.callweave.call.event.PartyRef;
import io.callweave.call.joining.Link;
import io.callweave.call.transfer.NumberSeen;
import io.callweave.call.transfer.Transfer;
import java.util.List;

/** The parties of a call, and what is listed for each of them: what can make a record too large. */
public record CallGraph(
        List<Leg> legs,
        List<PartyRecord> parties,
        List<Link> links,
        List<Transfer> transfers,
        List<NumberSeen> numbers) {

    static final CallGraph NONE = new CallGraph(List.of(), List.of(), List.of(), List.of(), List.of());

    /** Whether somebody transferred the call, blind or attended. */
    public boolean isHandedOn() {
        return transfers.stream().anyMatch(Transfer::isHandedOn);
    }

    /** Whether this party did. */
    public boolean isHandedOnBy(PartyRef party) {
        for (Transfer transfer : transfers) { // no stream: asked for every party of every call
            if (transfer.isHandedOn() && transfer.by().equals(party)) {
                return true;
            }
        }
        return false;
    }
}
