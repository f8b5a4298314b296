package io.callweave.call.event;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code parties} in one notification: what RingCentral says about one party at one point of a session.
 *
 * @param session the account's session
 * @param sequence position in the session, 0 to 2^53 - 1; the only order that counts
 * @param partyId the party's id
 * @param eventTime milliseconds since the epoch, as sent, truncated; clock skew stays
 * @param sessionId the legacy session id; "0" is shared by all conferences, so this is never a key
 * @param origin {@code origin.type}, as sent
 * @param facts what the event says about the party
 * @param body what was sent; distinguishes events of the same place
 */
public record PartyEvent(
        SessionKey session,
        long sequence,
        String partyId,
        long eventTime,
        @Nullable String sessionId,
        @Nullable String origin,
        PartyFacts facts,
        EventBody body) {

    /** Two events of one session with the same place are the same event, sent twice or with another body. */
    public Place place() {
        return new Place(sequence, partyId);
    }

    /** This event without its peer, for a call that already has the most sessions that are kept. */
    public PartyEvent withoutPeer() {
        return new PartyEvent(session, sequence, partyId, eventTime, sessionId, origin, facts.withoutPeer(), body);
    }

    /**
     * Whether this body replaces the other one, which has the same place. Of different bodies, the one with the greater
     * SHA-256 counts, so that the order of arrival does not matter, and nobody can craft a body that always wins.
     */
    public boolean supersedes(PartyEvent other) {
        return body.isGreaterThan(other.body);
    }

    /** The same event without the texts it was sent in. */
    public PartyEvent withoutText() {
        return withBody(body.withoutText());
    }

    /** The same event with an equal body, of which other parts are known. */
    public PartyEvent withBody(EventBody known) {
        return new PartyEvent(session, sequence, partyId, eventTime, sessionId, origin, facts, known);
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
