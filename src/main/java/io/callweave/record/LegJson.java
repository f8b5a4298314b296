package io.callweave.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.call.CallLogRefs;
import io.callweave.call.Leg;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A leg as a RingCentral Call Log record has it, and what such a record names of a call or of a leg. */
record LegJson(Json json, JsonGenerator out) {

    /** The digits of which every integer fits. */
    private static final int LONGEST_INTEGER = 18;

    void write(Leg leg) throws IOException {
        out.writeStartObject();
        json.time("startTime", leg.startTime());
        json.number("duration", leg.durationMs() / 1000);
        json.number("durationMs", leg.durationMs());
        json.string("type", leg.type());
        json.string("direction", leg.direction());
        json.string("action", leg.action());
        json.string("result", leg.result());
        json.string("reason", leg.reason());
        AddressJson.write(json, "from", leg.from());
        AddressJson.write(json, "to", leg.to());
        json.string("telephonySessionId", leg.party().telephonySessionId());
        refs(leg.refs());
        json.string("legType", leg.legType());
        json.flag("master", leg.master());
        json.string("queueExtensionId", leg.queueExtensionId());
        out.writeEndObject();
    }

    void refs(CallLogRefs refs) throws IOException {
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
}
