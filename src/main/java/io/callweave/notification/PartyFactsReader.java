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

    private @Nullable JsonValue status;
    private @Nullable JsonValue accountId;
    private @Nullable JsonValue extensionId;
    private @Nullable JsonValue direction;
    private @Nullable JsonValue from;
    private @Nullable JsonValue to;
    private @Nullable JsonValue queueCall;
    private @Nullable JsonValue missedCall;
    private @Nullable JsonValue muted;
    private @Nullable JsonValue conferenceRole;
    private @Nullable JsonValue ringOutRole;
    private @Nullable JsonValue park;
    private @Nullable JsonValue recordings;

    private PartyFactsReader() {}

    /**
     * @param party has a status with a code
     * @param ownSession the telephony session that the party is part of
     */
    static PartyFacts read(JsonObject party, String ownSession) {
        PartyFactsReader reader = new PartyFactsReader();
        party.forEach(reader::take);
        return reader.facts(ownSession);
    }

    private void take(String name, JsonValue value) {
        switch (name) {
            case "status" -> status = value;
            case "accountId" -> accountId = value;
            case "extensionId" -> extensionId = value;
            case "direction" -> direction = value;
            case "from" -> from = value;
            case "to" -> to = value;
            case "queueCall" -> queueCall = value;
            case "missedCall" -> missedCall = value;
            case "muted" -> muted = value;
            case "conferenceRole" -> conferenceRole = value;
            case "ringOutRole" -> ringOutRole = value;
            case "park" -> park = value;
            case "recordings" -> recordings = value;
            default -> {
                // Not needed.
            }
        }
    }

    private PartyFacts facts(String ownSession) {
        JsonObject ofStatus = Objects.requireNonNull(object(status));
        return new PartyFacts(
                Status.of(Objects.requireNonNull(ofStatus.text("code"))),
                ofStatus.text("reason"),
                peer(ofStatus.object("peerId"), ownSession),
                id(accountId),
                id(extensionId),
                text(direction),
                address(object(from)),
                address(object(to)),
                flag(queueCall),
                flag(missedCall),
                flag(muted),
                text(conferenceRole),
                text(ringOutRole),
                parkData(ofStatus, object(park)),
                recordings instanceof JsonArray array ? recordings(array.elements()) : List.of());
    }

    private static @Nullable JsonObject object(@Nullable JsonValue value) {
        return value instanceof JsonObject object ? object : null;
    }

    private static @Nullable String id(@Nullable JsonValue value) {
        return value == null ? null : value.id();
    }

    private static @Nullable Boolean flag(@Nullable JsonValue value) {
        return value == null ? null : value.flag();
    }

    private static @Nullable String text(@Nullable JsonValue value) {
        return value == null ? null : value.text();
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
