package io.callweave.call.event;

import java.util.List;
import java.util.function.UnaryOperator;
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

    /** A party's events mostly follow each other, and a session can have ten thousand. */
    private static final int MOST_LOOKED_AT = 8;

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

    /**
     * The same event, with the objects of an earlier one wherever they are equal. Most texts of a session are in all of its
     * events, and live sessions stay in memory.
     *
     * @param earlier events of the same session
     * @param known finds the object for a text that is not in the earlier event
     */
    public PartyEvent sharing(List<PartyEvent> earlier, UnaryOperator<String> known) {
        PartyEvent other = like(earlier);
        return new PartyEvent(
                other == null ? session : other.session,
                sequence,
                String.valueOf(Shared.value(partyId, other == null ? null : other.partyId)),
                eventTime,
                Shared.value(sessionId, other == null ? null : other.sessionId),
                Shared.text(origin, other == null ? null : other.origin, known),
                facts.sharing(other == null ? PartyFacts.NOTHING : other.facts, known),
                body);
    }

    /** The latest of this party, else the latest. */
    private @Nullable PartyEvent like(List<PartyEvent> earlier) {
        int last = earlier.size() - 1;
        for (int i = last; i >= 0 && i > last - MOST_LOOKED_AT; i--) {
            if (earlier.get(i).partyId.equals(partyId)) {
                return earlier.get(i);
            }
        }
        return last < 0 ? null : earlier.get(last);
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
