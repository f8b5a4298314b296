package io.callweave.call.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session with its parties, in order of their first sequence, then id.
 *
 * @param partiesAsSent the parties before the whole session decided their directions, roles and queues
 * @param followSwitch the parties that took over from a party which ended with CallSwitch
 * @param ringOutRolesKnown whether a party says what its role in a RingOut is
 */
public record FoldedSession(
        Session session,
        @Nullable String sessionId,
        @Nullable String origin,
        long startTime,
        Ranges missingSequences,
        List<Party> partiesAsSent,
        List<Party> parties,
        Set<PartyRef> followSwitch,
        boolean ringOutRolesKnown) {

    static final String RING_OUT = "RingOut";
    static final String CONFERENCE = "Conference";

    /** "The first visible sequence of a whole flow is 2" (csn-data, and every whole flow seen). INFER. */
    private static final long FIRST_SEQUENCE = 2;

    private static final Comparator<Party> BY_BEGINNING =
            Comparator.comparingLong(Party::firstSequence).thenComparing(Party::id);

    public static FoldedSession of(Session session) {
        Map<String, List<PartyEvent>> byParty = new LinkedHashMap<>();
        for (PartyEvent event : session.events()) {
            byParty.computeIfAbsent(event.partyId(), id -> new ArrayList<>(4)).add(event);
        }
        List<Party> parties = new ArrayList<>(byParty.size());
        byParty.forEach((id, events) -> parties.add(party(session, id, events)));
        return of(session, parties);
    }

    /** Folds a session of which only one party's events changed since the fold before. */
    public static FoldedSession of(Session session, FoldedSession before, String changedParty) {
        List<PartyEvent> events = new ArrayList<>();
        for (PartyEvent event : session.events()) {
            if (event.partyId().equals(changedParty)) {
                events.add(event);
            }
        }
        Party changed = party(session, changedParty, events);
        List<Party> parties = new ArrayList<>(before.partiesAsSent());
        parties.removeIf(party -> party.id().equals(changedParty));
        parties.add(-Collections.binarySearch(parties, changed, BY_BEGINNING) - 1, changed);
        return of(session, parties);
    }

    private static Party party(Session session, String id, List<PartyEvent> events) {
        return Party.of(session.key().accountId(), new PartyRef(session.id(), id), events);
    }

    private static FoldedSession of(Session session, List<Party> partiesAsSent) {
        List<PartyEvent> events = session.events();
        long startTime = Long.MAX_VALUE;
        long[] sequences = new long[events.size()];
        for (int i = 0; i < sequences.length; i++) {
            startTime = Math.min(startTime, events.get(i).eventTime());
            sequences[i] = events.get(i).sequence();
        }
        DeviceSwitch settled = DeviceSwitch.of(partiesAsSent);
        boolean ringOutRolesKnown = false;
        for (Party party : partiesAsSent) {
            ringOutRolesKnown |= party.ringOutRole() != null;
        }
        return new FoldedSession(
                session,
                Latest.of(events, PartyEvent::sessionId),
                Latest.of(events, PartyEvent::origin),
                startTime,
                Ranges.missingFrom(FIRST_SEQUENCE, sequences),
                partiesAsSent,
                SessionQueues.assign(settled.parties()),
                settled.followSwitch(),
                ringOutRolesKnown);
    }

    /** The fold of another session, which has the same events. */
    FoldedSession withSession(Session other) {
        return new FoldedSession(
                other,
                sessionId,
                origin,
                startTime,
                missingSequences,
                partiesAsSent,
                parties,
                followSwitch,
                ringOutRolesKnown);
    }

    public String id() {
        return session.id();
    }

    public boolean isRingOut() {
        return RING_OUT.equals(origin);
    }

    public boolean isConference() {
        return CONFERENCE.equals(origin);
    }

    /**
     * The party that requested the RingOut. It is called first and answers nobody. Both parties of a RingOut are
     * Inbound, so without a role only the order shows it. INFER.
     */
    public boolean isRingOutInitiator(Party party) {
        if (!isRingOut()) {
            return false;
        }
        return ringOutRolesKnown
                ? "Initiator".equals(party.ringOutRole())
                : party.ref().equals(parties.get(0).ref());
    }
}
