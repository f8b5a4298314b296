package io.callweave.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.callweave.call.Address;
import io.callweave.call.CallLogRefs;
import io.callweave.call.CallRecord;
import io.callweave.call.CallTimes;
import io.callweave.call.Incomplete;
import io.callweave.call.Leg;
import io.callweave.call.Link;
import io.callweave.call.NumberSeen;
import io.callweave.call.PartyRecord;
import io.callweave.call.PartyRef;
import io.callweave.call.Peer;
import io.callweave.call.Ranges;
import io.callweave.call.Recording;
import io.callweave.call.Segment;
import io.callweave.call.SessionRecord;
import io.callweave.call.Transfer;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A call record as one line of JSON: docs/records.md, always all fields in one order, so that equal records are equal
 * bytes.
 */
public final class CallRecordJson {

    private static final String REVISION = "revision";
    private static final String STATUS = "status";
    private static final String INCOMPLETE = "incomplete";
    private static final String SUPERSEDED_BY = "supersededBy";

    /** The digits of which every integer fits. */
    private static final int LONGEST_INTEGER = 18;

    private final Json json;
    private final JsonGenerator out;

    private CallRecordJson(JsonGenerator out) {
        this.json = new Json(out);
        this.out = out;
    }

    /**
     * Writes one record.
     *
     * @param revision counts the emissions of this call from 1; 0 while it is live
     * @return UTF-8, no line break
     */
    public static byte[] write(CallRecord call, long revision) {
        return Json.write(4096, out -> new CallRecordJson(out).call(call, revision));
    }

    /**
     * What is emitted when a call cannot be folded any more: the last good record, which says so.
     *
     * @param last the record that was last emitted
     */
    public static byte[] failed(byte[] last, long revision) {
        return rewritten(last, (field, in, out) -> {
            switch (field) {
                case REVISION -> out.writeNumberField(REVISION, revision);
                case STATUS -> out.writeStringField(STATUS, "partial");
                case INCOMPLETE -> {
                    TreeSet<String> reasons = new TreeSet<>(Set.of(Incomplete.INTERNAL_ERROR.wireName()));
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        reasons.add(in.getText());
                    }
                    out.writeFieldName(INCOMPLETE);
                    out.writeArray(reasons.toArray(String[]::new), 0, reasons.size());
                }
                default -> copy(field, in, out);
            }
        });
    }

    /**
     * What is emitted under a call id that has become part of another call.
     *
     * @param last the record that was last emitted there
     * @param supersededBy the call id to follow
     */
    public static byte[] superseded(byte[] last, long revision, String supersededBy) {
        return rewritten(last, (field, in, out) -> {
            switch (field) {
                case REVISION -> out.writeNumberField(REVISION, revision);
                case STATUS -> out.writeStringField(STATUS, "superseded");
                case SUPERSEDED_BY -> out.writeStringField(SUPERSEDED_BY, supersededBy);
                default -> copy(field, in, out);
            }
        });
    }

    /** Writes one field of a record anew; the parser stands at its value. */
    @FunctionalInterface
    private interface FieldWriter {
        void write(String field, JsonParser in, JsonGenerator out) throws IOException;
    }

    private static byte[] rewritten(byte[] last, FieldWriter fields) {
        return Json.write(last.length + 64, out -> {
            try (JsonParser in = Json.FACTORY.createParser(last)) {
                in.nextToken();
                out.writeStartObject();
                for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                    in.nextToken();
                    fields.write(field, in, out);
                }
                out.writeEndObject();
            }
        });
    }

    private static void copy(String field, JsonParser in, JsonGenerator out) throws IOException {
        out.writeFieldName(field);
        out.copyCurrentStructure(in);
    }

    private void call(CallRecord call, long revision) throws IOException {
        out.writeStartObject();
        out.writeStringField("callId", call.callId());
        out.writeStringField("accountId", call.accountId());
        out.writeNumberField(REVISION, revision);
        out.writeStringField(STATUS, status(call));
        out.writeArrayFieldStart(INCOMPLETE);
        for (Incomplete reason : call.incomplete()) {
            out.writeString(reason.wireName());
        }
        out.writeEndArray();
        out.writeNullField(SUPERSEDED_BY);
        callLogFields(call);
        out.writeArrayFieldStart("legs");
        for (Leg leg : call.legs()) {
            leg(leg);
        }
        out.writeEndArray();
        times(call);
        out.writeArrayFieldStart("sessions");
        for (SessionRecord session : call.sessions()) {
            session(session);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("missingSessions");
        for (String session : call.missingSessions()) {
            out.writeString(session);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("parties");
        for (PartyRecord party : call.parties()) {
            party(party);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("links");
        for (Link link : call.links()) {
            link(link);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("transfers");
        for (Transfer transfer : call.transfers()) {
            transfer(transfer);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("numbers");
        for (NumberSeen number : call.numbers()) {
            number(number);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Named as in a RingCentral Call Log record, so that code written for that reads these. */
    private void callLogFields(CallRecord call) throws IOException {
        out.writeStringField("id", call.callId());
        out.writeStringField("telephonySessionId", call.callId());
        json.string("sessionId", call.sessionId());
        out.writeStringField("type", call.outcome().type());
        out.writeStringField("direction", call.direction());
        out.writeBooleanField("internal", call.internal());
        out.writeStringField("action", call.outcome().action());
        out.writeStringField("result", call.outcome().result());
        json.time("startTime", call.times().startTime());
        out.writeNumberField("duration", call.times().durationMs() / 1000);
        out.writeNumberField("durationMs", call.times().durationMs());
        address("from", call.from());
        address("to", call.to());
        refs(call.refs());
    }

    private void refs(CallLogRefs refs) throws IOException {
        json.string("partyId", refs.partyId());
        Long extension = refs.extensionId() == null ? null : numeric(refs.extensionId());
        if (extension == null) {
            out.writeNullField("extension");
        } else {
            out.writeObjectFieldStart("extension");
            out.writeNumberField("id", extension);
            out.writeEndObject();
        }
        object("recording", "id", refs.recordingId());
        object("transferTarget", "telephonySessionId", refs.transferTarget());
        object("transferee", "telephonySessionId", refs.transferee());
    }

    /** The Call Log has extension ids as integers; one that is none cannot stand there. */
    private static @Nullable Long numeric(String id) {
        if (id.isEmpty() || id.length() > LONGEST_INTEGER || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return Long.valueOf(id);
    }

    private void object(String name, String field, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
            return;
        }
        out.writeObjectFieldStart(name);
        out.writeStringField(field, value);
        out.writeEndObject();
    }

    private void leg(Leg leg) throws IOException {
        out.writeStartObject();
        json.time("startTime", leg.startTime());
        out.writeNumberField("duration", leg.durationMs() / 1000);
        out.writeNumberField("durationMs", leg.durationMs());
        out.writeStringField("type", leg.type());
        json.string("direction", leg.direction());
        out.writeStringField("action", leg.action());
        out.writeStringField("result", leg.result());
        json.string("reason", leg.reason());
        address("from", leg.from());
        address("to", leg.to());
        out.writeStringField("telephonySessionId", leg.party().telephonySessionId());
        refs(leg.refs());
        out.writeStringField("legType", leg.legType());
        out.writeBooleanField("master", leg.master());
        json.string("queueExtensionId", leg.queueExtensionId());
        out.writeEndObject();
    }

    private void times(CallRecord call) throws IOException {
        CallTimes times = call.times();
        json.time("answerTime", times.answerTime());
        json.time("endTime", call.state() == CallRecord.State.LIVE ? null : Long.valueOf(times.endTime()));
        json.number("ringMs", times.ringMs());
        out.writeNumberField("talkMs", times.talkMs());
        out.writeNumberField("holdMs", times.holdMs());
        out.writeNumberField("parkMs", times.parkMs());
        json.number("timeToAnswerMs", times.timeToAnswerMs());
    }

    private void session(SessionRecord session) throws IOException {
        out.writeStartObject();
        out.writeStringField("telephonySessionId", session.telephonySessionId());
        json.string("sessionId", session.sessionId());
        json.string("origin", session.origin());
        json.time("startTime", session.startTime());
        json.time("endTime", session.endTime());
        out.writeNumberField("firstSequence", session.firstSequence());
        out.writeNumberField("lastSequence", session.lastSequence());
        out.writeArrayFieldStart("missingSequences");
        for (Ranges.Range range : session.missing().ranges()) {
            out.writeArray(new long[] {range.first(), range.last()}, 0, 2);
        }
        out.writeEndArray();
        out.writeNumberField("partyEvents", session.partyEvents());
        out.writeEndObject();
    }

    private void party(PartyRecord party) throws IOException {
        out.writeStartObject();
        json.string("id", party.ref().partyId());
        out.writeStringField("telephonySessionId", party.ref().telephonySessionId());
        json.string("direction", party.direction());
        out.writeStringField("role", role(party));
        json.string("accountId", party.accountId());
        json.string("extensionId", party.extensionId());
        json.string("queueExtensionId", party.queueExtensionId());
        address("from", party.from());
        address("to", party.to());
        json.time("startTime", party.startTime());
        json.time("answerTime", party.answerTime());
        json.time("endTime", party.endTime());
        json.string("endStatus", party.endStatus());
        json.string("endReason", party.endReason());
        out.writeNumberField("setupMs", party.setupMs());
        json.number("ringMs", party.ringMs());
        out.writeNumberField("talkMs", party.talkMs());
        out.writeNumberField("holdMs", party.holdMs());
        out.writeNumberField("parkMs", party.parkMs());
        out.writeBooleanField("missed", party.missed());
        json.flag("muted", party.muted());
        json.string("parkData", party.parkData());
        peer(party.peer());
        out.writeArrayFieldStart("segments");
        for (Segment segment : party.segments()) {
            segment(segment);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("recordings");
        for (Recording recording : party.recordings()) {
            out.writeStartObject();
            json.string("id", recording.id());
            json.flag("active", recording.active());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void segment(Segment segment) throws IOException {
        out.writeStartObject();
        out.writeStringField("status", segment.status());
        json.string("reason", segment.reason());
        json.time("startTime", segment.startTime());
        json.time("endTime", segment.endTime());
        out.writeNumberField("durationMs", segment.durationMs());
        out.writeEndObject();
    }

    private void link(Link link) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", kind(link.kind()));
        json.string("reason", link.reason());
        json.time("time", link.time());
        ref("from", link.from());
        ref("to", link.to());
        out.writeEndObject();
    }

    private static String kind(Link.Kind kind) {
        return switch (kind) {
            case ATTENDED_TRANSFER -> "attendedTransfer";
            case CONFERENCE -> "conference";
            case SUPERVISION -> "supervision";
            case PARK_RETRIEVAL -> "parkRetrieval";
            case PICKUP -> "pickup";
            case OTHER -> "other";
        };
    }

    private void transfer(Transfer transfer) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", lowerCase(transfer.kind()));
        json.time("time", transfer.time());
        ref("by", transfer.by());
        ref("from", transfer.from());
        ref("to", transfer.to());
        out.writeEndObject();
    }

    private void number(NumberSeen number) throws IOException {
        out.writeStartObject();
        json.string("phoneNumber", number.phoneNumber());
        json.string("e164", E164.of(number.phoneNumber()));
        json.string("extensionId", number.extensionId());
        json.string("extensionNumber", number.extensionNumber());
        json.string("name", number.name());
        json.time("firstSeen", number.firstSeen());
        out.writeStringField("introducedBy", lowerCase(number.introducedBy()));
        out.writeEndObject();
    }

    private void ref(String name, @Nullable PartyRef ref) throws IOException {
        if (ref == null) {
            out.writeNullField(name);
            return;
        }
        out.writeObjectFieldStart(name);
        out.writeStringField("telephonySessionId", ref.telephonySessionId());
        json.string("partyId", ref.partyId());
        out.writeEndObject();
    }

    private void peer(@Nullable Peer peer) throws IOException {
        if (peer == null) {
            out.writeNullField("peer");
            return;
        }
        out.writeObjectFieldStart("peer");
        out.writeStringField("telephonySessionId", peer.telephonySessionId());
        json.string("sessionId", peer.sessionId());
        json.string("partyId", peer.partyId());
        out.writeEndObject();
    }

    private void address(String name, @Nullable Address address) throws IOException {
        if (address == null) {
            out.writeNullField(name);
            return;
        }
        out.writeObjectFieldStart(name);
        json.string("phoneNumber", address.phoneNumber());
        json.string("e164", E164.of(address.phoneNumber()));
        json.string("name", address.name());
        json.string("extensionId", address.extensionId());
        json.string("extensionNumber", address.extensionNumber());
        out.writeEndObject();
    }

    static String status(CallRecord call) {
        return lowerCase(call.state());
    }

    static String role(PartyRecord party) {
        return lowerCase(party.role());
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
