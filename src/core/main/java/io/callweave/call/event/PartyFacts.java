package io.callweave.call.event;

import java.util.List;
import java.util.function.UnaryOperator;
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
        @Nullable QueueLabel queueLabel) {

    static final PartyFacts NOTHING = new PartyFacts(
            "", null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            List.of(), null);

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
                queueLabel);
    }

    /** See {@link PartyEvent#sharing}. */
    PartyFacts sharing(PartyFacts other, UnaryOperator<String> known) {
        return new PartyFacts(
                String.valueOf(Shared.text(status, other.status, known)),
                Shared.text(reason, other.reason, known),
                Shared.value(peer, other.peer),
                Shared.text(accountId, other.accountId, known),
                Shared.text(extensionId, other.extensionId, known),
                Shared.text(direction, other.direction, known),
                Address.sharing(from, other.from, known),
                Address.sharing(to, other.to, known),
                queueCall,
                missedCall,
                muted,
                Shared.text(conferenceRole, other.conferenceRole, known),
                Shared.text(ringOutRole, other.ringOutRole, known),
                Shared.text(parkData, other.parkData, known),
                Shared.text(sipCallId, other.sipCallId, known),
                Shared.text(fromDeviceId, other.fromDeviceId, known),
                Shared.text(toDeviceId, other.toDeviceId, known),
                recordings.equals(other.recordings) ? other.recordings : recordings,
                Shared.value(queueLabel, other.queueLabel));
    }
}
