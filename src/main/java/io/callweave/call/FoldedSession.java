package io.callweave.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session as a call sees it: its parties in order of their first sequence, then id.
 *
 * @param partiesAsSent the parties before {@link DeviceSwitch} has settled their directions
 */
record FoldedSession(
        Session session,
        @Nullable String sessionId,
        @Nullable String origin,
        long startTime,
        Ranges missingSequences,
        List<Party> partiesAsSent,
        List<Party> parties) {

    static final String RING_OUT = "RingOut";
    static final String CONFERENCE = "Conference";

    /** "The first visible sequence of a whole flow is 2" (csn-data, and every whole flow seen). INFER. */
    private static final long FIRST_SEQUENCE = 2;

    static FoldedSession of(Session session) {
        return of(session, List.of());
    }

    /** Folds a session that differs from one that was folded before in the events of one party. */
    static FoldedSession of(Session session, FoldedSession before, String changedParty) {
        List<Party> unchanged = new ArrayList<>(before.partiesAsSent().size());
        for (Party party : before.partiesAsSent()) {
            if (!party.id().equals(changedParty)) {
                unchanged.add(party);
            }
        }
        return of(session, unchanged);
    }

    private static FoldedSession of(Session session, List<Party> known) {
        List<PartyEvent> events = session.events();
        Map<String, List<PartyEvent>> byParty = new LinkedHashMap<>();
        long startTime = Long.MAX_VALUE;
        long[] sequences = new long[events.size()];
        for (int i = 0; i < sequences.length; i++) {
            PartyEvent event = events.get(i);
            byParty.computeIfAbsent(event.partyId(), id -> new ArrayList<>(4)).add(event);
            startTime = Math.min(startTime, event.eventTime());
            sequences[i] = event.sequence();
        }
        List<Party> parties = new ArrayList<>(byParty.size());
        byParty.forEach((id, ofParty) -> {
            Party party = find(known, id);
            parties.add(
                    party != null
                            ? party
                            : Party.of(session.key().accountId(), new PartyRef(session.id(), id), ofParty));
        });
        return new FoldedSession(
                session,
                Latest.of(events, PartyEvent::sessionId),
                Latest.of(events, PartyEvent::origin),
                startTime,
                Ranges.missingFrom(FIRST_SEQUENCE, sequences),
                parties,
                DeviceSwitch.settleDirections(parties));
    }

    /** Parties are few, and a map of them is made anew with every event. */
    private static @Nullable Party find(List<Party> parties, String id) {
        for (Party party : parties) {
            if (party.id().equals(id)) {
                return party;
            }
        }
        return null;
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
