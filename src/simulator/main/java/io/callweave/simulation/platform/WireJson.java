package io.callweave.simulation.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire format: the fields and their order, as in the public samples of 2020 and later. */
public final class WireJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private WireJson() {}

    static String write(SimulatedEnvelope envelope, SimulatedLeg leg, Wire wire) {
        TelephonySession session = leg.session();
        ObjectNode body = MAPPER.createObjectNode().put("sequence", envelope.sequence());
        putId(body, "sessionId", session.legacyId(), wire);
        body.put("telephonySessionId", session.id())
                .put("serverId", session.serverId())
                .put("eventTime", time(envelope.eventTime()));
        if (wire.envelope() == EnvelopeForm.PN_APNS) {
            // Only in bodies of those years.
            putId(body, "accountId", envelope.account().id(), wire);
        }
        body.putArray("parties").add(party(envelope, leg, wire));
        body.putObject("origin").put("type", session.origin());
        ObjectNode notification = MAPPER.createObjectNode()
                .put("uuid", envelope.uuid())
                .put("event", envelope.event())
                .put("timestamp", time(envelope.sentAt()))
                .put("subscriptionId", envelope.subscriptionId());
        putId(notification, "ownerId", envelope.account().ownerId(), wire);
        notification.set("body", body);
        return wrapped(notification, wire.envelope());
    }

    /** The envelope with what is around it. */
    static String wrapped(ObjectNode envelope, EnvelopeForm form) {
        return switch (form) {
            case PLAIN -> text(envelope);
            case WEB_SOCKET_FRAME -> {
                ArrayNode frame = MAPPER.createArrayNode();
                frame.addObject()
                        .put("type", "ServerNotification")
                        .put("messageId", envelope.path("uuid").asText())
                        .put("status", 200)
                        .putObject("headers");
                yield text(frame.add(envelope));
            }
            case PN_APNS -> {
                ObjectNode outer = MAPPER.createObjectNode();
                for (String field : List.of("uuid", "subscriptionId", "ownerId")) {
                    outer.set(field, envelope.path(field));
                }
                ObjectNode inner = outer.putObject("pn_apns");
                inner.putObject("aps").put("content-available", 1);
                inner.setAll(envelope);
                yield text(outer);
            }
        };
    }

    static EnvelopeForm formOf(JsonNode notification) {
        if (notification.isArray()) {
            return EnvelopeForm.WEB_SOCKET_FRAME;
        }
        return notification.has("pn_apns") ? EnvelopeForm.PN_APNS : EnvelopeForm.PLAIN;
    }

    /** The envelope without what is around it. */
    public static JsonNode unwrapped(JsonNode notification) {
        return switch (formOf(notification)) {
            case PLAIN -> notification;
            case WEB_SOCKET_FRAME -> notification.path(1);
            case PN_APNS -> ((ObjectNode) notification.path("pn_apns")).without("aps");
        };
    }

    /** A text as a tree, for a look inside. */
    public static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tree as one line. */
    public static String text(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String time(Instant time) {
        return TIME.format(time);
    }

    private static ObjectNode party(SimulatedEnvelope envelope, SimulatedLeg leg, Wire wire) {
        ObjectNode party = MAPPER.createObjectNode();
        SimulatedAccount account = leg.account();
        Extension extension = leg.extension();
        putId(party, "accountId", account == null ? null : account.id(), wire);
        putId(party, "extensionId", extension == null ? null : extension.id(), wire);
        String sipCallId = wire.sipData() && envelope.account().equals(account) ? leg.sipCallId() : null;
        if (sipCallId != null) {
            party.putObject("sipData")
                    .put("toTag", "10.13.121.68-5070-" + leg.session().legacyId())
                    .put("fromTag", leg.id())
                    .put("callId", sipCallId);
        }
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
        if (leg.isQueueCall()) {
            party.put("queueCall", true);
        }
        putIfSent(party.putObject("park"), "id", leg.parkId());
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

    private static ObjectNode status(SimulatedLeg leg) {
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

    private static void putQueue(ObjectNode party, SimulatedLeg leg) {
        Extension queue = leg.queue();
        if (queue == null || !leg.isQueueCall()) {
            return;
        }
        ObjectNode shown = party.putObject("uiCallInfo");
        shown.putObject("primary").put("type", "QueueName").put("value", queue.name());
        String name = leg.announcedName(leg.from());
        String number = leg.from().phoneNumber();
        if (name != null) {
            shown.putObject("additional").put("type", "CallerIdName").put("value", name);
        } else if (number != null) {
            shown.putObject("additional").put("type", "CallerIdNumber").put("value", number.replace("+", ""));
        }
    }

    private static void putId(ObjectNode json, String field, @Nullable String id, Wire wire) {
        if (id != null && wire.numericIds()) {
            json.put(field, Long.parseLong(id));
        } else {
            putIfSent(json, field, id);
        }
    }

    private static void putIfSent(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
