package io.callweave.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session as a call sees it: its parties in order of their first sequence, then id. */
record FoldedSession(
        Session session,
        @Nullable String sessionId,
        @Nullable String origin,
        long startTime,
        Ranges missingSequences,
        List<Party> parties) {

    static final String RING_OUT = "RingOut";
    static final String CONFERENCE = "Conference";

    /** "The first visible sequence of a whole flow is 2" (csn-data, and every whole flow seen). INFER. */
    private static final long FIRST_SEQUENCE = 2;

    static FoldedSession of(Session session) {
        List<PartyEvent> events = session.events();
        Map<String, List<PartyEvent>> byParty = new LinkedHashMap<>();
        for (PartyEvent event : events) {
            byParty.computeIfAbsent(event.partyId(), id -> new ArrayList<>(4)).add(event);
        }
        List<Party> parties = new ArrayList<>(byParty.size());
        byParty.forEach((id, ofParty) ->
                parties.add(Party.of(session.key().accountId(), new PartyRef(session.id(), id), ofParty)));
        return new FoldedSession(
                session,
                Latest.of(events, PartyEvent::sessionId),
                Latest.of(events, PartyEvent::origin),
                events.stream().mapToLong(PartyEvent::eventTime).min().orElseThrow(),
                Ranges.missingFrom(
                        FIRST_SEQUENCE,
                        events.stream().mapToLong(PartyEvent::sequence).toArray()),
                DeviceSwitch.settleDirections(parties));
    }

    String id() {
        return session.id();
    }

    boolean isRingOut() {
        return RING_OUT.equals(origin);
    }

    boolean isConference() {
        return CONFERENCE.equals(origin);
    }

    /**
     * The one who asked for the RingOut, who is called first and does not answer anybody. Both parties of a RingOut are
     * Inbound, so without a role only the order tells. INFER.
     */
    boolean isRingOutInitiator(Party party) {
        if (!isRingOut()) {
            return false;
        }
        boolean rolesKnown = parties.stream().anyMatch(other -> other.ringOutRole() != null);
        return rolesKnown ? "Initiator".equals(party.ringOutRole()) : party.equals(parties.get(0));
    }
}
