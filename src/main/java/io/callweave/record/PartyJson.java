package io.callweave.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.call.PartyRecord;
import io.callweave.call.Peer;
import io.callweave.call.Recording;
import io.callweave.call.Segment;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A party as it stands in a call record. */
record PartyJson(Json json, JsonGenerator out) {

    void write(PartyRecord party) throws IOException {
        out.writeStartObject();
        json.string("id", party.ref().partyId());
        json.string("telephonySessionId", party.ref().telephonySessionId());
        json.string("direction", party.direction());
        json.string("role", CallRecordJson.role(party));
        json.string("accountId", party.accountId());
        json.string("extensionId", party.extensionId());
        json.string("queueExtensionId", party.queueExtensionId());
        AddressJson.write(json, "from", party.from());
        AddressJson.write(json, "to", party.to());
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
}
