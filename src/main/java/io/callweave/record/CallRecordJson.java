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
        json.string("callId", call.callId());
        json.string("accountId", call.accountId());
        json.number(REVISION, revision);
        json.string(STATUS, status(call));
        json.array(INCOMPLETE);
        for (Incomplete reason : call.incomplete()) {
            out.writeString(reason.wireName());
        }
        out.writeEndArray();
        json.none(SUPERSEDED_BY);
        callLogFields(call);
        json.array("legs");
        for (Leg leg : call.legs()) {
            leg(leg);
        }
        out.writeEndArray();
        times(call);
        json.array("sessions");
        for (SessionRecord session : call.sessions()) {
            session(session);
        }
        out.writeEndArray();
        json.array("missingSessions");
        for (String session : call.missingSessions()) {
            out.writeString(session);
        }
        out.writeEndArray();
        json.array("parties");
        for (PartyRecord party : call.parties()) {
            party(party);
        }
        out.writeEndArray();
        json.array("links");
        for (Link link : call.links()) {
            link(link);
        }
        out.writeEndArray();
        json.array("transfers");
        for (Transfer transfer : call.transfers()) {
            transfer(transfer);
        }
        out.writeEndArray();
        json.array("numbers");
        for (NumberSeen number : call.numbers()) {
            number(number);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Named as in a RingCentral Call Log record, so that code written for that reads these. */
    private void callLogFields(CallRecord call) throws IOException {
        json.string("id", call.callId());
        json.string("telephonySessionId", call.callId());
        json.string("sessionId", call.sessionId());
        json.string("type", call.outcome().type());
        json.string("direction", call.direction());
        json.flag("internal", call.internal());
        json.string("action", call.outcome().action());
        json.string("result", call.outcome().result());
        json.time("startTime", call.times().startTime());
        json.number("duration", call.times().durationMs() / 1000);
        json.number("durationMs", call.times().durationMs());
        address("from", call.from());
        address("to", call.to());
        refs(call.refs());
    }

    private void refs(CallLogRefs refs) throws IOException {
        json.string("partyId", refs.partyId());
        Long extension = refs.extensionId() == null ? null : numeric(refs.extensionId());
        if (extension == null) {
            json.none("extension");
        } else {
            json.object("extension");
            json.number("id", extension);
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
            json.none(name);
            return;
        }
        json.object(name);
        json.string(field, value);
        out.writeEndObject();
    }

    private void leg(Leg leg) throws IOException {
        out.writeStartObject();
        json.time("startTime", leg.startTime());
        json.number("duration", leg.durationMs() / 1000);
        json.number("durationMs", leg.durationMs());
        json.string("type", leg.type());
        json.string("direction", leg.direction());
        json.string("action", leg.action());
        json.string("result", leg.result());
        json.string("reason", leg.reason());
        address("from", leg.from());
        address("to", leg.to());
        json.string("telephonySessionId", leg.party().telephonySessionId());
        refs(leg.refs());
        json.string("legType", leg.legType());
        json.flag("master", leg.master());
        json.string("queueExtensionId", leg.queueExtensionId());
        out.writeEndObject();
    }

    private void times(CallRecord call) throws IOException {
        CallTimes times = call.times();
        json.time("answerTime", times.answerTime());
        json.time("endTime", call.state() == CallRecord.State.LIVE ? null : Long.valueOf(times.endTime()));
        json.number("ringMs", times.ringMs());
        json.number("talkMs", times.talkMs());
        json.number("holdMs", times.holdMs());
        json.number("parkMs", times.parkMs());
        json.number("timeToAnswerMs", times.timeToAnswerMs());
    }

    private void session(SessionRecord session) throws IOException {
        out.writeStartObject();
        json.string("telephonySessionId", session.telephonySessionId());
        json.string("sessionId", session.sessionId());
        json.string("origin", session.origin());
        json.time("startTime", session.startTime());
        json.time("endTime", session.endTime());
        json.number("firstSequence", session.firstSequence());
        json.number("lastSequence", session.lastSequence());
        json.array("missingSequences");
        for (Ranges.Range range : session.missing().ranges()) {
            out.writeArray(new long[] {range.first(), range.last()}, 0, 2);
        }
        out.writeEndArray();
        json.number("partyEvents", session.partyEvents());
        out.writeEndObject();
    }

    private void party(PartyRecord party) throws IOException {
        out.writeStartObject();
        json.string("id", party.ref().partyId());
        json.string("telephonySessionId", party.ref().telephonySessionId());
        json.string("direction", party.direction());
        json.string("role", role(party));
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
        json.number("setupMs", party.setupMs());
        json.number("ringMs", party.ringMs());
        json.number("talkMs", party.talkMs());
        json.number("holdMs", party.holdMs());
        json.number("parkMs", party.parkMs());
        json.flag("missed", party.missed());
        json.flag("muted", party.muted());
        json.string("parkData", party.parkData());
        peer(party.peer());
        json.array("segments");
        for (Segment segment : party.segments()) {
            segment(segment);
        }
        out.writeEndArray();
        json.array("recordings");
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
        json.string("status", segment.status());
        json.string("reason", segment.reason());
        json.time("startTime", segment.startTime());
        json.time("endTime", segment.endTime());
        json.number("durationMs", segment.durationMs());
        out.writeEndObject();
    }

    private void link(Link link) throws IOException {
        out.writeStartObject();
        json.string("kind", kind(link.kind()));
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
        json.string("kind", lowerCase(transfer.kind()));
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
        json.string("introducedBy", lowerCase(number.introducedBy()));
        out.writeEndObject();
    }

    private void ref(String name, @Nullable PartyRef ref) throws IOException {
        if (ref == null) {
            json.none(name);
            return;
        }
        json.object(name);
        json.string("telephonySessionId", ref.telephonySessionId());
        json.string("partyId", ref.partyId());
        out.writeEndObject();
    }

    private void peer(@Nullable Peer peer) throws IOException {
        if (peer == null) {
            json.none("peer");
            return;
        }
        json.object("peer");
        json.string("telephonySessionId", peer.telephonySessionId());
        json.string("sessionId", peer.sessionId());
        json.string("partyId", peer.partyId());
        out.writeEndObject();
    }

    private void address(String name, @Nullable Address address) throws IOException {
        if (address == null) {
            json.none(name);
            return;
        }
        json.object(name);
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
