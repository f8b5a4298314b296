package io.callweave.testcalls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The wire format: fields, and their order, as in the public samples of 2020 and later. */
final class NotificationJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private NotificationJson() {}

    static String write(Envelope envelope, Leg leg) {
        TelephonySession session = leg.session();
        ObjectNode body = MAPPER.createObjectNode()
                .put("sequence", envelope.sequence())
                .put("sessionId", session.legacyId())
                .put("telephonySessionId", session.id())
                .put("serverId", session.serverId())
                .put("eventTime", time(envelope.eventTime()));
        body.putArray("parties").add(party(leg));
        body.putObject("origin").put("type", session.origin());
        ObjectNode notification = MAPPER.createObjectNode()
                .put("uuid", envelope.uuid())
                .put("event", envelope.event())
                .put("timestamp", time(envelope.sentAt()))
                .put("subscriptionId", envelope.subscriptionId())
                .put("ownerId", envelope.account().ownerId());
        notification.set("body", body);
        return text(notification);
    }

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    private static ObjectNode party(Leg leg) {
        ObjectNode party = MAPPER.createObjectNode();
        Account account = leg.account();
        Extension extension = leg.extension();
        putIfSent(party, "accountId", account == null ? null : account.id());
        putIfSent(party, "extensionId", extension == null ? null : extension.id());
        party.put("id", leg.id()).put("direction", leg.direction().code());
        party.set("to", contact(leg.to()));
        party.set("from", contact(leg.from()));
        if (!leg.recordings().isEmpty()) {
            ArrayNode recordings = party.putArray("recordings");
            leg.recordings()
                    .forEach(recording ->
                            recordings.addObject().put("id", recording.id()).put("active", recording.active()));
        }
        party.set("status", status(leg));
        if (leg.queue() != null) {
            party.put("queueCall", true);
        }
        party.putObject("park");
        party.put("missedCall", leg.isMissed()).put("standAlone", false).put("muted", leg.isMuted());
        putIfSent(party, "conferenceRole", leg.conferenceRole());
        putIfSent(party, "ringOutRole", leg.ringOutRole());
        putQueue(party, leg);
        return party;
    }

    private static ObjectNode contact(Contact contact) {
        ObjectNode json = MAPPER.createObjectNode();
        putIfSent(json, "phoneNumber", contact.phoneNumber());
        putIfSent(json, "name", contact.name());
        putIfSent(json, "extensionId", contact.extensionId());
        putIfSent(json, "deviceId", contact.deviceId());
        return json;
    }

    private static ObjectNode status(Leg leg) {
        ObjectNode status = MAPPER.createObjectNode().put("code", leg.status());
        putIfSent(status, "reason", leg.reason());
        putIfSent(status, "parkData", leg.parkData());
        PeerRef peer = leg.peer();
        if (peer != null) {
            ObjectNode json = status.putObject("peerId");
            putIfSent(json, "telephonySessionId", peer.telephonySessionId());
            putIfSent(json, "sessionId", peer.sessionId());
            putIfSent(json, "partyId", peer.partyId());
        }
        Extension extension = leg.extension();
        if (leg.offeredForPickup() && extension != null) {
            ObjectNode pickup = status.putObject("mobilePickupData");
            pickup.putArray("ccMailboxes").add(extension.id());
            pickup.put("to", "#" + extension.number() + "@sip.example.com:5060")
                    .put("sid", "35" + leg.session().legacyId())
                    .put("srvLvl", "-149699523")
                    .put("srvLvlExt", "406");
        }
        return status.put("rcc", false);
    }

    private static void putQueue(ObjectNode party, Leg leg) {
        Extension queue = leg.queue();
        if (queue == null) {
            return;
        }
        ObjectNode shown = party.putObject("uiCallInfo");
        shown.putObject("primary").put("type", "QueueName").put("value", queue.name());
        String number = leg.from().phoneNumber();
        if (number != null) {
            shown.putObject("additional").put("type", "CallerIdNumber").put("value", number.replace("+", ""));
        }
    }

    private static void putIfSent(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
