package io.callweave.notification;

import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code parties} with what the notification says once for all of them: exactly what the canonical body of a
 * party event holds. Notifications and stored bodies are both read through here, and so give the same event. A member that
 * is null was not sent and is not in the body either; one that was sent in a type that cannot be read is.
 */
record PartyEntry(
        @Nullable JsonValue eventTime,
        @Nullable JsonValue origin,
        @Nullable JsonValue party,
        @Nullable JsonValue sessionId) {

    private static final int USUAL_BODY = 768;

    /** Why the party cannot be used, as the end of a sentence that begins with the party; null if it can. */
    @Nullable
    String defect() {
        if (!(party instanceof JsonObject object)) {
            return "is not an object";
        }
        if (object.id("id") == null) {
            return "has no id";
        }
        JsonObject status = object.object("status");
        return status == null || status.text("code") == null ? "has no status.code" : null;
    }

    /** The time of the event in milliseconds since the epoch, or {@link Instants#NONE}. */
    long time() {
        return Instants.parse(eventTime == null ? null : eventTime.text());
    }

    /** The canonical body; its names happen to be in order as written here. */
    String body() {
        StringBuilder out = new StringBuilder(USUAL_BODY).append('{');
        append("eventTime", eventTime, out);
        append("origin", origin, out);
        append("party", party, out);
        append("sessionId", sessionId, out);
        return out.append('}').toString();
    }

    private static void append(String name, @Nullable JsonValue value, StringBuilder out) {
        if (value != null) {
            out.append(out.length() > 1 ? "," : "").append('"').append(name).append("\":");
            value.writeTo(out);
        }
    }

    /** The event that this entry is; only for an entry without {@link #defect()}. */
    PartyEvent event(SessionKey session, long sequence, String body) {
        JsonObject object = (JsonObject) Objects.requireNonNull(party);
        return new PartyEvent(
                session,
                sequence,
                Objects.requireNonNull(object.id("id")),
                time(),
                sessionId == null ? null : sessionId.id(),
                origin instanceof JsonObject type ? type.text("type") : null,
                PartyFactsReader.read(object, session.telephonySessionId()),
                body);
    }
}
