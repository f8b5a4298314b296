package io.callweave.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.call.PartyEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A party event as it goes out in sequence order, for routing and agent assist. */
public final class PartyEventJson {

    private PartyEventJson() {}

    /**
     * Writes one event.
     *
     * @param late whether one with a higher sequence went out before
     * @param previousStatus of the party's event with the next lower sequence, null if there is none
     * @param previousTime when that event was, in milliseconds since the epoch; null with it
     * @return UTF-8, no line break
     */
    public static byte[] write(
            PartyEvent event, boolean late, @Nullable String previousStatus, @Nullable Long previousTime) {
        return Json.write(1024, out -> {
            Json json = new Json(out);
            out.writeStartObject();
            json.string("accountId", event.session().accountId());
            json.string("telephonySessionId", event.session().telephonySessionId());
            json.string("sessionId", event.sessionId());
            json.number("sequence", event.sequence());
            json.time("eventTime", event.eventTime());
            json.string("origin", event.origin());
            json.string("partyId", event.partyId());
            json.string("status", event.facts().status());
            json.string("reason", event.facts().reason());
            json.string("previousStatus", previousStatus);
            json.number(
                    "previousStatusMs",
                    previousTime == null ? null : Long.valueOf(Math.max(0, event.eventTime() - previousTime)));
            json.flag("late", late);
            out.writeFieldName("party");
            party(event, out);
            out.writeEndObject();
        });
    }

    /** As received: the canonical body has it word for word. */
    private static void party(PartyEvent event, JsonGenerator out) throws IOException {
        String body = event.body();
        JsonMember party = JsonMember.of(body, "party");
        if (party == null) {
            out.writeNull();
        } else {
            out.writeRawValue(body, party.start(), party.length());
        }
    }
}
