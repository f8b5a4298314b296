package io.callweave.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
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
            out.writeStringField("accountId", event.session().accountId());
            out.writeStringField("telephonySessionId", event.session().telephonySessionId());
            json.string("sessionId", event.sessionId());
            out.writeNumberField("sequence", event.sequence());
            json.time("eventTime", event.eventTime());
            json.string("origin", event.origin());
            out.writeStringField("partyId", event.partyId());
            out.writeStringField("status", event.facts().status());
            json.string("reason", event.facts().reason());
            json.string("previousStatus", previousStatus);
            json.number(
                    "previousStatusMs",
                    previousTime == null ? null : Long.valueOf(Math.max(0, event.eventTime() - previousTime)));
            out.writeBooleanField("late", late);
            out.writeFieldName("party");
            party(event, out);
            out.writeEndObject();
        });
    }

    /** As received: the canonical body has it word for word. */
    private static void party(PartyEvent event, JsonGenerator out) throws IOException {
        String body = event.body();
        int end = partyEnd(event);
        try (JsonParser in = Json.FACTORY.createParser(body)) {
            in.nextToken();
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                in.nextToken();
                int start = (int) in.currentTokenLocation().getCharOffset();
                boolean isParty = field.equals("party");
                if (!isParty || end < start) {
                    in.skipChildren();
                }
                if (isParty) {
                    int length = (end < start ? (int) in.currentLocation().getCharOffset() : end) - start;
                    out.writeRawValue(body, start, length);
                    return;
                }
            }
        }
        out.writeNull();
    }

    /**
     * Where the party ends, without reading it: before the session id, which is the last member of a canonical body. Inside
     * a string a quote would be escaped, so the name cannot be found there. -1 where there is none that is text.
     */
    private static int partyEnd(PartyEvent event) {
        return event.sessionId() == null ? -1 : event.body().lastIndexOf(",\"sessionId\":");
    }
}
