package io.callweave.call;

import java.util.List;

/** What a party is in the call. */
public enum Role {
    PARTICIPANT,
    /** Listens or whispers, and is no part of the conversation that is measured. */
    SUPERVISOR,
    /** Opened a conference. */
    HOST,
    /** A stand-in of another session's party: it was only ever Gone. INFER. */
    BRIDGE;

    static Role of(List<PartyEvent> events, Timeline timeline) {
        if (hasReason(events, Reason.SUPERVISING) && !hasReason(events, Reason.TAKE_OVER)) {
            return SUPERVISOR;
        }
        if ("Host".equals(Latest.of(events, event -> event.facts().conferenceRole()))) {
            return HOST;
        }
        return timeline.wasOnlyIn(Status.GONE) ? BRIDGE : PARTICIPANT;
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
