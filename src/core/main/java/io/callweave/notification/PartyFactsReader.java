package io.callweave.notification;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Peer;
import io.callweave.call.event.QueueLabel;
import io.callweave.call.event.Recording;
import io.callweave.call.event.Status;
import io.callweave.notification.json.JsonArray;
import io.callweave.notification.json.JsonObject;
import io.callweave.notification.json.JsonValue;
import io.callweave.notification.json.KeptText;
import io.callweave.notification.json.UnknownFields;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a party object says about its party. No other code knows the names of a party's fields. */
final class PartyFactsReader {

    /** Real parties have one or two. */
    private static final int MOST_RECORDINGS = 100;

    private final UnknownFields unknown;

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
    private @Nullable JsonValue sipData;
    private @Nullable JsonValue recordings;
    private @Nullable JsonValue uiCallInfo;
    private @Nullable JsonValue message;

    private PartyFactsReader(UnknownFields unknown) {
        this.unknown = unknown;
    }

    /**
     * @param party has a status with a code
     * @param ownSession the telephony session that the party is part of
     * @param unknown hears of other fields than those that are known
     */
    static PartyFacts read(JsonObject party, String ownSession, UnknownFields unknown) {
        PartyFactsReader reader = new PartyFactsReader(unknown);
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
            case "sipData" -> sipData = value;
            case "recordings" -> recordings = value;
            case "uiCallInfo" -> uiCallInfo = value;
            case "message" -> message = value;
            case "id", "standAlone", "ringMeRole" -> {
                // RingCentral sends these too, and nothing depends on them.
            }
            default -> unknown.field(name, value);
        }
    }

    private void takeOfStatus(String name, JsonValue value) {
        switch (name) {
            case "code", "reason", "peerId", "parkData", "rcc", "mobilePickupData", "description" -> {
                // Known.
            }
            default -> unknown.field("status." + name, value);
        }
    }

    private PartyFacts facts(String ownSession) {
        JsonObject ofStatus = Objects.requireNonNull(object(status));
        ofStatus.forEach(this::takeOfStatus);
        return new PartyFacts(
                Status.of(Objects.requireNonNull(ofStatus.text("code"))),
                KeptText.of(ofStatus.text("reason")),
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
                idIn(object(sipData), "callId"),
                idIn(object(from), "deviceId"),
                idIn(object(to), "deviceId"),
                recordings instanceof JsonArray array ? recordings(array.elements()) : List.of(),
                queueLabel(object(uiCallInfo)),
                idIn(object(message), "messageId"));
    }

    private static @Nullable JsonObject object(@Nullable JsonValue value) {
        return value instanceof JsonObject object ? object : null;
    }

    private static @Nullable String id(@Nullable JsonValue value) {
        return value == null ? null : KeptText.of(value.id());
    }

    private static @Nullable String idIn(@Nullable JsonObject object, String name) {
        return object == null ? null : KeptText.of(object.id(name));
    }

    private static @Nullable Boolean flag(@Nullable JsonValue value) {
        return value == null ? null : value.flag();
    }

    private static @Nullable String text(@Nullable JsonValue value) {
        return value == null ? null : KeptText.of(value.text());
    }

    /** A call parked on the remote party has the number in {@code park.id} (ringcentral-voice-apis-demo). */
    private static @Nullable String parkData(JsonObject status, @Nullable JsonObject park) {
        String parkData = idIn(status, "parkData");
        return parkData != null ? parkData : idIn(park, "id");
    }

    private static @Nullable Peer peer(@Nullable JsonObject peerId, String ownSession) {
        return peerId == null
                ? null
                : Peer.resolve(
                        peerId.id("telephonySessionId"),
                        idIn(peerId, "sessionId"),
                        idIn(peerId, "partyId"),
                        ownSession);
    }

    /** An address without any value counts as not sent: {@code {}} must not hide the value of an earlier event. */
    static @Nullable Address address(@Nullable JsonObject end) {
        if (end == null) {
            return null;
        }
        String phoneNumber = idIn(end, "phoneNumber");
        String name = KeptText.of(end.text("name"));
        String extensionId = idIn(end, "extensionId");
        String extensionNumber = idIn(end, "extensionNumber");
        return phoneNumber == null && name == null && extensionId == null && extensionNumber == null
                ? null
                : new Address(phoneNumber, name, extensionId, extensionNumber);
    }

    /** {@code primary} and {@code additional} are a type and a value each; in real notifications, the queue comes first. */
    private static @Nullable QueueLabel queueLabel(@Nullable JsonObject shown) {
        if (shown == null) {
            return null;
        }
        String queue = shown(shown, "QueueName");
        return queue == null ? null : new QueueLabel(queue, shown(shown, "CallerIdName"));
    }

    private static @Nullable String shown(JsonObject uiCallInfo, String type) {
        for (String place : List.of("primary", "additional")) {
            JsonObject line = uiCallInfo.object(place);
            if (line != null && type.equals(line.text("type"))) {
                return KeptText.of(line.text("value"));
            }
        }
        return null;
    }

    private static List<Recording> recordings(List<JsonValue> sent) {
        if (sent.isEmpty()) {
            return List.of();
        }
        return sent.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .limit(MOST_RECORDINGS)
                .map(recording -> new Recording(idIn(recording, "id"), recording.flag("active")))
                .toList();
    }
}
