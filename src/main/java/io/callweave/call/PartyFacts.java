package io.callweave.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one party event says of its party. Null is "not sent" (absent, JSON null or an empty string); an empty list of
 * recordings likewise.
 *
 * @param status the status code in the one spelling of {@link Status#of}
 * @param reason {@code status.reason} as sent
 * @param parkData where the call is parked: {@code status.parkData}, else {@code park.id}
 * @param peer the peer that {@code status.peerId} names, null if it names no other session
 */
public record PartyFacts(
        String status,
        @Nullable String reason,
        @Nullable Peer peer,
        @Nullable String accountId,
        @Nullable String extensionId,
        @Nullable String direction,
        @Nullable Address from,
        @Nullable Address to,
        @Nullable Boolean queueCall,
        @Nullable Boolean missedCall,
        @Nullable Boolean muted,
        @Nullable String conferenceRole,
        @Nullable String ringOutRole,
        @Nullable String parkData,
        List<Recording> recordings) {

    PartyFacts withoutPeer() {
        return new PartyFacts(
                status,
                reason,
                null,
                accountId,
                extensionId,
                direction,
                from,
                to,
                queueCall,
                missedCall,
                muted,
                conferenceRole,
                ringOutRole,
                parkData,
                recordings);
    }
}
