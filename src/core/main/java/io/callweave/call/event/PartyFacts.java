package io.callweave.call.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one party event says about its party. Null means "not sent": absent, JSON null or an empty string. The same
 * holds for an empty list of recordings.
 *
 * @param status the status code in the one spelling of {@link Status#of}
 * @param reason {@code status.reason} as sent
 * @param parkData where the call is parked: {@code status.parkData}, else {@code park.id}
 * @param peer the peer that {@code status.peerId} names, null if it names no other session
 * @param sipCallId {@code sipData.callId}: the SIP Call-ID of the party's phone
 * @param fromDeviceId {@code from.deviceId}, as {@code toDeviceId} {@code to.deviceId}
 * @param queueLabel {@code uiCallInfo}, if it names a queue
 * @param messageId {@code message.messageId}: the message that was left in the party's mailbox
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
        @Nullable String sipCallId,
        @Nullable String fromDeviceId,
        @Nullable String toDeviceId,
        List<Recording> recordings,
        @Nullable QueueLabel queueLabel,
        @Nullable String messageId) {

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
                sipCallId,
                fromDeviceId,
                toDeviceId,
                recordings,
                queueLabel,
                messageId);
    }
}
