package io.callweave.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.call.CallRecord;
import io.callweave.call.CallTimes;
import io.callweave.call.Incomplete;
import io.callweave.call.Leg;
import io.callweave.call.Link;
import io.callweave.call.NumberSeen;
import io.callweave.call.PartyRecord;
import io.callweave.call.PartyRef;
import io.callweave.call.Ranges;
import io.callweave.call.SessionRecord;
import io.callweave.call.Transfer;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call record as one line of JSON: docs/records.md, always all fields in one order, so that equal records are equal
 * bytes.
 */
public final class CallRecordJson {

    private final Json json;
    private final JsonGenerator out;
    private final LegJson legJson;
    private final PartyJson partyJson;

    private CallRecordJson(JsonGenerator out) {
        this.json = new Json(out);
        this.out = out;
        this.legJson = new LegJson(json, out);
        this.partyJson = new PartyJson(json, out);
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

    private void call(CallRecord call, long revision) throws IOException {
        out.writeStartObject();
        json.string("callId", call.callId());
        json.string("accountId", call.accountId());
        json.number("revision", revision);
        json.string("status", status(call));
        json.array("incomplete");
        for (Incomplete reason : call.incomplete()) {
            out.writeString(reason.wireName());
        }
        out.writeEndArray();
        json.none("supersededBy");
        callLogFields(call);
        json.array("legs");
        for (Leg leg : call.legs()) {
            legJson.write(leg);
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
            partyJson.write(party);
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
        AddressJson.write(json, "from", call.from());
        AddressJson.write(json, "to", call.to());
        legJson.refs(call.refs());
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
