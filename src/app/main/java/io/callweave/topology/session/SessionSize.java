package io.callweave.topology.session;

import io.callweave.call.CallLimits;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.session.Session;
import io.callweave.topology.state.PartyEventCodec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a session, or a call of several, has come to.
 *
 * @param parties distinct ones, of each session
 * @param bytes what its events take in the store, keys included; each character counts as one
 * @param recordings that its events name, which take far more in memory
 */
public record SessionSize(int events, int parties, long bytes, int recordings) {

    static final SessionSize NONE = new SessionSize(0, 0, 0, 0);

    SessionSize plus(SessionSize other) {
        return new SessionSize(
                events + other.events, parties + other.parties, bytes + other.bytes, recordings + other.recordings);
    }

    /** Whether a call of so many sessions may be so large. */
    boolean isWithin(CallLimits limits, int sessions) {
        return events <= (sessions == 1 ? limits.sessionEvents() : limits.callEvents())
                && parties <= limits.callParties()
                && bytes <= limits.callBytes()
                && sessions <= limits.callSessions();
    }

    /** What these events take, and how many parties they have. */
    static SessionSize of(Session session) {
        Set<String> parties = new TreeSet<>();
        long bytes = 0;
        int recordings = 0;
        for (PartyEvent event : session.events()) {
            parties.add(event.partyId());
            bytes += bytesOf(event);
            recordings += recordingsOf(event);
        }
        return new SessionSize(session.events().size(), parties.size(), bytes, recordings);
    }

    /**
     * With this event, or with it in place of another body.
     *
     * @param session before, whose size this is
     */
    SessionSize with(Session session, PartyEvent event) {
        PartyEvent replaced = session.at(event.place());
        long now = bytes + bytesOf(event);
        int named = recordings + recordingsOf(event);
        if (replaced != null) {
            return new SessionSize(events, parties, now - bytesOf(replaced), named - recordingsOf(replaced));
        }
        return new SessionSize(events + 1, parties + (isNewParty(session, event) ? 1 : 0), now, named);
    }

    private static int recordingsOf(PartyEvent event) {
        return event.facts().recordings().size();
    }

    private static boolean isNewParty(Session session, PartyEvent event) {
        List<PartyEvent> events = session.events();
        // From the latest on: a party's events mostly follow each other.
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).partyId().equals(event.partyId())) {
                return false;
            }
        }
        return true;
    }

    static long bytesOf(PartyEvent event) {
        SessionKey key = event.session();
        return PartyEventCodec.lengthOf(event)
                + key.accountId().length()
                + key.telephonySessionId().length();
    }
}
