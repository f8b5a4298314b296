package io.callweave.notification;

import io.callweave.call.Address;
import io.callweave.call.PartyFacts;
import io.callweave.call.Peer;
import io.callweave.call.Recording;
import io.callweave.call.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a party object says of its party; the only place that knows the names of a party's fields. */
final class PartyFactsReader {

    private PartyFactsReader() {}

    /**
     * @param party has a status with a code
     * @param ownSession the telephony session that the party is part of
     */
    static PartyFacts read(JsonObject party, String ownSession) {
        JsonObject status = Objects.requireNonNull(party.object("status"));
        return new PartyFacts(
                Status.of(Objects.requireNonNull(status.text("code"))),
                status.text("reason"),
                peer(status.object("peerId"), ownSession),
                party.id("accountId"),
                party.id("extensionId"),
                party.text("direction"),
                address(party.object("from")),
                address(party.object("to")),
                party.flag("queueCall"),
                party.flag("missedCall"),
                party.flag("muted"),
                party.text("conferenceRole"),
                party.text("ringOutRole"),
                parkData(status, party.object("park")),
                recordings(party.elements("recordings")));
    }

    /** A call parked on the remote party has the number in {@code park.id} (ringcentral-voice-apis-demo). */
    private static @Nullable String parkData(JsonObject status, @Nullable JsonObject park) {
        String parkData = status.id("parkData");
        return parkData != null || park == null ? parkData : park.id("id");
    }

    private static @Nullable Peer peer(@Nullable JsonObject peerId, String ownSession) {
        return peerId == null
                ? null
                : Peer.resolve(
                        peerId.id("telephonySessionId"), peerId.id("sessionId"), peerId.id("partyId"), ownSession);
    }

    /** An address that says nothing is not sent: {@code {}} must not hide what an earlier event said. */
    private static @Nullable Address address(@Nullable JsonObject end) {
        if (end == null) {
            return null;
        }
        String phoneNumber = end.id("phoneNumber");
        String name = end.text("name");
        String extensionId = end.id("extensionId");
        String extensionNumber = end.id("extensionNumber");
        return phoneNumber == null && name == null && extensionId == null && extensionNumber == null
                ? null
                : new Address(phoneNumber, name, extensionId, extensionNumber);
    }

    private static List<Recording> recordings(List<JsonValue> sent) {
        if (sent.isEmpty()) {
            return List.of();
        }
        List<Recording> recordings = new ArrayList<>(sent.size());
        for (JsonValue value : sent) {
            if (value instanceof JsonObject recording) {
                recordings.add(new Recording(recording.id("id"), recording.flag("active")));
            }
        }
        return List.copyOf(recordings);
    }
}
