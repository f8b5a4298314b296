package io.callweave.call.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a cross call, named by {@code status.peerId}.
 *
 * @param telephonySessionId the session of the peer, never the party's own
 * @param sessionId the legacy id as sent; some senders put the telephony id here
 * @param partyId the party in that session, as sent
 */
public record Peer(
        String telephonySessionId,
        @Nullable String sessionId,
        @Nullable String partyId) {

    /** INFER (all public samples): a party {@code p-X-N} belongs to the session {@code s-X}. */
    private static final Pattern PARTY_OF_SESSION = Pattern.compile("p-(.+)-\\d+");

    /**
     * Finds the session that a {@code peerId} names. Replies of RingCentral's REST API, and notifications made from
     * them, have no {@code telephonySessionId} but carry it in {@code sessionId}; old ones name only the party.
     *
     * @param ownSession the session of the party that names the peer; a peer in the same session does not count
     * @return null if the values name no other session
     */
    public static @Nullable Peer resolve(
            @Nullable String telephonySessionId,
            @Nullable String sessionId,
            @Nullable String partyId,
            String ownSession) {
        String session = sessionOf(telephonySessionId, sessionId, partyId);
        return session == null || session.equals(ownSession) ? null : new Peer(session, sessionId, partyId);
    }

    private static @Nullable String sessionOf(
            @Nullable String telephonySessionId, @Nullable String sessionId, @Nullable String partyId) {
        if (telephonySessionId != null && !telephonySessionId.isEmpty()) {
            return telephonySessionId;
        }
        if (sessionId != null && sessionId.startsWith("s-")) {
            return sessionId;
        }
        if (partyId != null) {
            Matcher matcher = PARTY_OF_SESSION.matcher(partyId);
            if (matcher.matches()) {
                return "s-" + matcher.group(1);
            }
        }
        return null;
    }
}
