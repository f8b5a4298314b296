package io.callweave.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.callweave.call.Address;
import io.callweave.call.CallRecord;
import io.callweave.call.CallTimes;
import io.callweave.call.Incomplete;
import io.callweave.call.Link;
import io.callweave.call.PartyRecord;
import io.callweave.call.PartyRef;
import io.callweave.call.Peer;
import io.callweave.call.Ranges;
import io.callweave.call.Recording;
import io.callweave.call.Segment;
import io.callweave.call.SessionRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call record as one line of JSON: docs/records.md, always all fields in one order, so that equal records are equal
 * bytes.
 */
public final class CallRecordJson {

    private static final JsonFactory JSON = new JsonFactory();

    private static final String REVISION = "revision";
    private static final String STATUS = "status";
    private static final String SUPERSEDED_BY = "supersededBy";

    private final JsonGenerator out;

    private CallRecordJson(JsonGenerator out) {
        this.out = out;
    }

    /**
     * Writes one record.
     *
     * @param revision counts the emissions of this call from 1; 0 while it is live
     * @return UTF-8, no line break
     */
    public static byte[] write(CallRecord call, long revision) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            new CallRecordJson(out).call(call, revision);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * What is emitted under a call id that has become part of another call.
     *
     * @param last the record that was last emitted there
     * @param supersededBy the call id to follow
     */
    public static byte[] superseded(byte[] last, long revision, String supersededBy) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(last.length + 64);
        try (JsonParser in = JSON.createParser(last);
                JsonGenerator out = JSON.createGenerator(bytes)) {
            in.nextToken();
            out.writeStartObject();
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                in.nextToken();
                switch (field) {
                    case REVISION -> out.writeNumberField(REVISION, revision);
                    case STATUS -> out.writeStringField(STATUS, "superseded");
                    case SUPERSEDED_BY -> out.writeStringField(SUPERSEDED_BY, supersededBy);
                    default -> {
                        out.writeFieldName(field);
                        out.copyCurrentStructure(in);
                    }
                }
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void call(CallRecord call, long revision) throws IOException {
        out.writeStartObject();
        out.writeStringField("callId", call.callId());
        out.writeStringField("accountId", call.accountId());
        out.writeNumberField(REVISION, revision);
        out.writeStringField(STATUS, call.state().name().toLowerCase(Locale.ROOT));
        out.writeArrayFieldStart("incomplete");
        for (Incomplete reason : call.incomplete()) {
            out.writeString(reason.wireName());
        }
        out.writeEndArray();
        out.writeNullField(SUPERSEDED_BY);
        callLogFields(call);
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
        out.writeEndObject();
    }

    /** Named as in a RingCentral Call Log record, so that code written for that reads these. */
    private void callLogFields(CallRecord call) throws IOException {
        out.writeStringField("id", call.callId());
        out.writeStringField("telephonySessionId", call.callId());
        string("sessionId", call.sessionId());
        out.writeStringField("type", call.outcome().type());
        out.writeStringField("direction", call.direction());
        out.writeBooleanField("internal", call.internal());
        out.writeStringField("action", call.outcome().action());
        out.writeStringField("result", call.outcome().result());
        time("startTime", call.times().startTime());
        out.writeNumberField("duration", call.times().durationMs() / 1000);
        out.writeNumberField("durationMs", call.times().durationMs());
        address("from", call.from());
        address("to", call.to());
    }

    private void times(CallRecord call) throws IOException {
        CallTimes times = call.times();
        time("answerTime", times.answerTime());
        time("endTime", call.state() == CallRecord.State.LIVE ? null : Long.valueOf(times.endTime()));
        number("ringMs", times.ringMs());
        out.writeNumberField("talkMs", times.talkMs());
        out.writeNumberField("holdMs", times.holdMs());
        out.writeNumberField("parkMs", times.parkMs());
        number("timeToAnswerMs", times.timeToAnswerMs());
    }

    private void session(SessionRecord session) throws IOException {
        out.writeStartObject();
        out.writeStringField("telephonySessionId", session.telephonySessionId());
        string("sessionId", session.sessionId());
        string("origin", session.origin());
        time("startTime", session.startTime());
        time("endTime", session.endTime());
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
        string("id", party.ref().partyId());
        out.writeStringField("telephonySessionId", party.ref().telephonySessionId());
        string("direction", party.direction());
        out.writeStringField("role", party.role().name().toLowerCase(Locale.ROOT));
        string("accountId", party.accountId());
        string("extensionId", party.extensionId());
        string("queueExtensionId", party.queueExtensionId());
        address("from", party.from());
        address("to", party.to());
        time("startTime", party.startTime());
        time("answerTime", party.answerTime());
        time("endTime", party.endTime());
        string("endStatus", party.endStatus());
        string("endReason", party.endReason());
        out.writeNumberField("setupMs", party.setupMs());
        number("ringMs", party.ringMs());
        out.writeNumberField("talkMs", party.talkMs());
        out.writeNumberField("holdMs", party.holdMs());
        out.writeNumberField("parkMs", party.parkMs());
        out.writeBooleanField("missed", party.missed());
        flag("muted", party.muted());
        peer(party.peer());
        out.writeArrayFieldStart("segments");
        for (Segment segment : party.segments()) {
            segment(segment);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("recordings");
        for (Recording recording : party.recordings()) {
            out.writeStartObject();
            string("id", recording.id());
            flag("active", recording.active());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void segment(Segment segment) throws IOException {
        out.writeStartObject();
        out.writeStringField("status", segment.status());
        string("reason", segment.reason());
        time("startTime", segment.startTime());
        time("endTime", segment.endTime());
        out.writeNumberField("durationMs", segment.durationMs());
        out.writeEndObject();
    }

    private void link(Link link) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", kind(link.kind()));
        string("reason", link.reason());
        time("time", link.time());
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

    private void ref(String name, PartyRef ref) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField("telephonySessionId", ref.telephonySessionId());
        string("partyId", ref.partyId());
        out.writeEndObject();
    }

    private void peer(@Nullable Peer peer) throws IOException {
        if (peer == null) {
            out.writeNullField("peer");
            return;
        }
        out.writeObjectFieldStart("peer");
        out.writeStringField("telephonySessionId", peer.telephonySessionId());
        string("sessionId", peer.sessionId());
        string("partyId", peer.partyId());
        out.writeEndObject();
    }

    private void address(String name, @Nullable Address address) throws IOException {
        if (address == null) {
            out.writeNullField(name);
            return;
        }
        out.writeObjectFieldStart(name);
        string("phoneNumber", address.phoneNumber());
        string("name", address.name());
        string("extensionId", address.extensionId());
        string("extensionNumber", address.extensionNumber());
        out.writeEndObject();
    }

    private void time(String name, @Nullable Long millis) throws IOException {
        if (millis == null) {
            out.writeNullField(name);
        } else {
            out.writeStringField(name, Timestamps.iso(millis));
        }
    }

    private void number(String name, @Nullable Long value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, value);
        }
    }

    private void flag(String name, @Nullable Boolean value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeBooleanField(name, value);
        }
    }

    private void string(String name, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeStringField(name, value);
        }
    }
}
