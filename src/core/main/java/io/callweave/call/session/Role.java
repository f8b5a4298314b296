package io.callweave.call.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Reason;
import io.callweave.call.event.Status;
import java.util.List;

/** What a party is in the call. */
public enum Role {
    PARTICIPANT,
    /** Listens or whispers. The durations of the conversation do not include it. */
    SUPERVISOR,
    /** Opened a conference. */
    HOST,
    /** A stand-in for another session's party: it was only ever Gone. INFER. */
    BRIDGE,
    /** A queue's own party, in which the caller waits; it never answers a call. */
    QUEUE;

    /** The role as far as the party's own events show it; {@link SessionQueues} finds the queues. */
    static Role of(List<PartyEvent> events, Timeline timeline) {
        if (hasReason(events, Reason.SUPERVISING) && !hasReason(events, Reason.TAKE_OVER)) {
            return SUPERVISOR;
        }
        if ("Host".equals(Latest.of(events, event -> event.facts().conferenceRole()))) {
            return HOST;
        }
        return timeline.wasOnlyIn(Status.GONE) ? BRIDGE : PARTICIPANT;
    }

    /** Whether this is somebody who talks in the call: neither a supervisor nor a stand-in nor a queue. */
    public boolean takesPart() {
        return this == PARTICIPANT || this == HOST;
    }

    static boolean hasReason(List<PartyEvent> events, String reason) {
        for (PartyEvent event : events) {
            if (reason.equals(event.facts().reason())) {
                return true;
            }
        }
        return false;
    }
}
