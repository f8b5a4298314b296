package io.callweave.call;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code parties} in one notification: what RingCentral says of one party at one point of a session.
 *
 * @param session the account's session
 * @param sequence position in the session, 0 to 2^53 - 1; the only order that counts
 * @param partyId the party's id
 * @param eventTime milliseconds since the epoch, as sent, truncated; never corrected
 * @param sessionId the legacy session id; "0" is shared by all conferences, so this is never a key
 * @param origin {@code origin.type}, as sent
 * @param facts what the event says of the party
 * @param body canonical JSON of {@code {eventTime, origin, party, sessionId}} as received: keys sorted, no spaces. Of two
 *     bodies under one identity the greater one counts, so that arrival order does not
 */
public record PartyEvent(
        SessionKey session,
        long sequence,
        String partyId,
        long eventTime,
        @Nullable String sessionId,
        @Nullable String origin,
        PartyFacts facts,
        String body) {

    /** Two events of one session with the same place are the same event, sent twice or corrected. */
    public Place place() {
        return new Place(sequence, partyId);
    }

    /** This event as if it named no peer, for a call that has as many sessions as are kept. */
    public PartyEvent withoutPeer() {
        return new PartyEvent(session, sequence, partyId, eventTime, sessionId, origin, facts.withoutPeer(), body);
    }

    /** True if this body replaces the other one, which has the same place. */
    public boolean supersedes(PartyEvent other) {
        return body.compareTo(other.body) > 0;
    }

    /** Where an event stands in its session: by sequence, then, for several parties in one notification, by party id. */
    public record Place(long sequence, String partyId) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int bySequence = Long.compare(sequence, other.sequence);
            return bySequence != 0 ? bySequence : partyId.compareTo(other.partyId);
        }
    }
}
