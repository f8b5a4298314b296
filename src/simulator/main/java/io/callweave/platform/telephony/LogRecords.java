package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.PlatformRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Call log records, as in RingCentral's published replies of 2021: the master leg is {@code Accept}, and each phone that
 * rang is {@code PstnToSip}.
 */
final class LogRecords {

    private static final String IN_PROGRESS = "In Progress";
    private static final String VOIP = "VoIP Call";

    private final String base;

    /** @param base address of the account, before {@code /call-log} */
    LogRecords(String base) {
        this.base = base;
    }

    /** A session that is not over; wrong for calls of queues, as RingCentral's are until they end. */
    ObjectNode inProgress(SessionHistory session, Map<String, SessionHistory.Sent> parties) {
        SessionHistory.Sent caller = parties.values().iterator().next();
        SessionHistory.Sent member = parties.values().stream()
                .filter(sent -> sent.party().path("queueCall").asBoolean()
                        && sent.party().has("extensionId")
                        && !sent.party().at("/status/code").asText().equals("Setup"))
                .findFirst()
                .orElse(null);
        ObjectNode fields = PlatformRequest.object();
        if (member != null) {
            String time = session.beginnings()
                    .getOrDefault(member.party().path("id").asText(), member)
                    .envelope()
                    .at("/body/eventTime")
                    .asText();
            describe(fields, session.id(), time, "Outbound", VOIP, IN_PROGRESS, member.party());
            return record(session.id(), session.legacyId(), fields, "PstnToSip");
        }
        boolean outbound = caller.party().has("extensionId");
        String time = session.first().envelope().at("/body/eventTime").asText();
        describe(
                fields,
                session.id(),
                time,
                outbound ? "Outbound" : "Inbound",
                outbound ? VOIP : "Phone Call",
                IN_PROGRESS,
                caller.party());
        ObjectNode record =
                record(session.id(), session.legacyId(), fields, outbound ? "SipToPstnUnmetered" : "Accept");
        parties.values().stream()
                .skip(1)
                .filter(sent -> sent.party().has("extensionId"))
                .forEach(sent -> describe(
                        leg(record),
                        session.id(),
                        sent.envelope().at("/body/eventTime").asText(),
                        "Outbound",
                        VOIP,
                        IN_PROGRESS,
                        sent.party()));
        return record;
    }

    /**
     * A session of a call that is over.
     *
     * @param truth of the whole call
     * @param session one of its sessions
     */
    ObjectNode finished(JsonNode truth, JsonNode session) {
        String id = session.path("telephonySessionId").asText();
        boolean first = id.equals(truth.path("callId").asText());
        JsonNode caller = null;
        boolean answered = false;
        for (JsonNode party : truth.path("parties")) {
            if (party.path("telephonySessionId").asText().equals(id)) {
                caller = caller == null ? party : caller;
                answered |= !isSame(party, caller) && party.path("answerTime").isTextual();
            }
        }
        JsonNode from = first || caller == null ? truth : caller;
        boolean outbound = first
                ? truth.path("direction").asText().equals("Outbound")
                : caller != null && caller.path("extensionId").isTextual();
        ObjectNode fields = PlatformRequest.object();
        String result = answered ? (outbound ? "Call connected" : "Accepted") : outbound ? "No Answer" : "Missed";
        describe(
                fields,
                id,
                session.path("startTime").asText(),
                outbound ? "Outbound" : "Inbound",
                first ? truth.path("action").asText() : "Phone Call",
                first ? truth.path("result").asText() : result,
                from);
        fields.put("type", truth.path("type").asText());
        extension(fields, truth.at("/answeredBy/extensionId"));
        duration(fields, session);
        ObjectNode record =
                record(id, session.path("sessionId").asText(), fields, outbound ? "SipToPstnUnmetered" : "Accept");
        transfers(record, truth, id);
        for (JsonNode party : truth.path("parties")) {
            if (!isSame(party, caller)
                    && party.path("telephonySessionId").asText().equals(id)
                    && party.path("extensionId").isTextual()
                    && !party.path("role").asText().equals("supervisor")) {
                ObjectNode leg = leg(record);
                boolean taken = party.path("answerTime").isTextual();
                describe(
                        leg,
                        id,
                        party.path("startTime").asText(),
                        "Outbound",
                        VOIP,
                        taken ? "Accepted" : "Missed",
                        party);
                duration(leg, party);
            }
        }
        return record;
    }

    /** A record as it looks while a queue's phones ring, and for a while after the end; null if none rang. */
    static @Nullable ObjectNode unsettled(ObjectNode record) {
        if (record.path("legs").size() < 2) {
            return null;
        }
        ObjectNode wrong = record.deepCopy();
        ObjectNode rung = (ObjectNode) wrong.path("legs").path(1);
        for (String field : List.of("startTime", "direction", "action", "from", "to", "extension")) {
            if (rung.has(field)) {
                wrong.set(field, rung.path(field));
            }
        }
        wrong.put("result", "Stopped");
        wrong.putArray("legs").add(rung.deepCopy().put("result", "Stopped").put("master", true));
        wrong.remove(List.of("duration", "durationMs"));
        return wrong;
    }

    private static boolean isSame(JsonNode party, @Nullable JsonNode other) {
        return other != null && party.path("partyId").equals(other.path("partyId"));
    }

    /** Two sessions of a warm transfer name each other (CallLogRecord in RingCentral's specification). */
    private static void transfers(ObjectNode record, JsonNode truth, String id) {
        for (JsonNode link : truth.path("links")) {
            if (link.path("kind").asText().equals("attendedTransfer")) {
                String from = link.at("/from/telephonySessionId").asText();
                String to = link.at("/to/telephonySessionId").asText();
                if (from.equals(id) && !record.has("transferTarget")) {
                    record.putObject("transferTarget").put("telephonySessionId", to);
                } else if (to.equals(id) && !record.has("transferee")) {
                    record.putObject("transferee").put("telephonySessionId", from);
                }
            }
        }
    }

    private ObjectNode record(String session, String legacyId, ObjectNode fields, String legType) {
        String id = recordId(session);
        ObjectNode record = PlatformRequest.object()
                .put("uri", base + "/call-log/" + id)
                .put("id", id)
                .put("sessionId", legacyId);
        record.setAll(fields);
        ObjectNode master = fields.deepCopy();
        record.putArray("legs").add(master.put("legType", legType).put("master", true));
        return record;
    }

    /** Another leg of a record, to be described. */
    private static ObjectNode leg(ObjectNode record) {
        return ((ArrayNode) record.path("legs"))
                .addObject()
                .put("legType", "PstnToSip")
                .put("master", false);
    }

    private void describe(
            ObjectNode json, String session, String time, String direction, String action, String result, JsonNode of) {
        json.put("startTime", time)
                .put("type", "Voice")
                .put("direction", direction)
                .put("action", action)
                .put("result", result);
        json.set("from", contact(of.path("from")));
        json.set("to", contact(of.path("to")));
        extension(json, of.path("extensionId"));
        json.put("telephonySessionId", session);
    }

    private void extension(ObjectNode json, JsonNode id) {
        if (id.isTextual() || id.isNumber()) {
            json.putObject("extension")
                    .put("uri", base + "/extension/" + id.asText())
                    .put("id", id.asLong());
        }
    }

    private static void duration(ObjectNode json, JsonNode times) {
        @Nullable String start = times.path("startTime").textValue();
        @Nullable String end = times.path("endTime").textValue();
        if (start != null && end != null) {
            long millis = Math.max(
                    0,
                    Duration.between(Instant.parse(start), Instant.parse(end)).toMillis());
            json.put("duration", millis / 1000).put("durationMs", millis);
        }
    }

    private static ObjectNode contact(JsonNode from) {
        ObjectNode json = PlatformRequest.object();
        String number = from.path("phoneNumber").asText("");
        if (!number.isEmpty()) {
            json.put(number.startsWith("+") ? "phoneNumber" : "extensionNumber", number);
        }
        for (String field : List.of("name", "extensionId")) {
            if (from.path(field).isTextual()) {
                json.put(field, from.path(field).asText());
            }
        }
        return json;
    }

    /** The same before and after the end of a call. */
    private static String recordId(String session) {
        UUID id = UUID.nameUUIDFromBytes(session.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return "L"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(0, 14);
    }
}
