package io.callweave.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import java.io.IOException;

/** Party events out of what stores and topics keep of them: where the event belongs, and its canonical body. */
public final class PartyEvents {

    private PartyEvents() {}

    /**
     * The event that had this body.
     *
     * @throws IllegalArgumentException if this is not the body of a party event
     */
    public static PartyEvent fromBody(SessionKey session, long sequence, String body) {
        try (JsonParser parser = NotificationJson.parser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                JsonObject members = JsonTree.object(parser);
                PartyEntry entry = new PartyEntry(
                        members.get("eventTime"),
                        members.get("origin"),
                        members.get("party"),
                        members.get("sessionId"));
                if (parser.nextToken() == null && entry.time() != Instants.NONE && entry.defect() == null) {
                    return entry.event(session, sequence, body);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(NotificationJson.complaint(e));
        }
        throw new IllegalArgumentException("This is not the canonical body of a party event.");
    }
}
