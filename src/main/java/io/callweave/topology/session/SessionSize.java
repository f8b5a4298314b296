package io.callweave.topology.session;

import io.callweave.call.CallLimits;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.topology.state.PartyEventCodec;

/**
 * What a session, or a call of several, has come to.
 *
 * @param parties distinct ones, of each session
 * @param bytes what its events take in the store, keys included; each character counts as one
 */
public record SessionSize(int events, int parties, long bytes) {

    static final SessionSize NONE = new SessionSize(0, 0, 0);

    SessionSize plus(SessionSize other) {
        return new SessionSize(events + other.events, parties + other.parties, bytes + other.bytes);
    }

    /** Whether a call of so many sessions may be so large. */
    boolean isWithin(CallLimits limits, int sessions) {
        return limits.allow(events, parties, bytes, sessions);
    }

    static long bytesOf(PartyEvent event) {
        SessionKey key = event.session();
        return PartyEventCodec.lengthOf(event)
                + key.accountId().length()
                + key.telephonySessionId().length();
    }
}
