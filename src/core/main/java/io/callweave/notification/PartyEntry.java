package io.callweave.notification;

import io.callweave.call.event.EventBody;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.notification.json.JsonObject;
import io.callweave.notification.json.JsonValue;
import io.callweave.notification.json.KeptText;
import io.callweave.notification.json.SentValue;
import io.callweave.notification.json.UnknownFields;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code parties}, with what the notification says once for all of them: exactly the content of
 * {@link PartyEvent#body}. A member that was not sent is null. A member with a type that cannot be read is part of the
 * body and has no other effect.
 */
record PartyEntry(
        byte[] notification,
        @Nullable SentValue party,
        @Nullable SentValue eventTime,
        @Nullable SentValue origin,
        @Nullable SentValue sessionId) {

    /** Why the party cannot be used, as the rest of a sentence that begins with the party; null if it can. */
    @Nullable
    String defect() {
        if (!(value(party) instanceof JsonObject object)) {
            return "is not an object";
        }
        String id = object.id("id");
        if (id == null) {
            return "has no id";
        }
        if (!KeptText.isKept(id)) {
            return "has an id of " + KeptText.tooLong(id);
        }
        JsonObject status = object.object("status");
        String code = status == null ? null : status.text("code");
        if (code == null) {
            return "has no status.code";
        }
        return KeptText.isKept(code) ? null : "has a status.code of " + KeptText.tooLong(code);
    }

    /** The time of the event in milliseconds since the epoch, or {@link Instants#NONE}. */
    long time() {
        JsonValue time = value(eventTime);
        return Instants.parse(time == null ? null : time.text());
    }

    EventBody body() {
        return EventBody.in(
                notification,
                from(party),
                to(party),
                from(eventTime),
                to(eventTime),
                from(origin),
                to(origin),
                from(sessionId),
                to(sessionId));
    }

    private static int from(@Nullable SentValue sent) {
        return sent == null ? 0 : sent.from();
    }

    private static int to(@Nullable SentValue sent) {
        return sent == null ? 0 : sent.to();
    }

    private static @Nullable JsonValue value(@Nullable SentValue sent) {
        return sent == null ? null : sent.value();
    }

    /** The event of this entry; only for an entry without {@link #defect()}. */
    PartyEvent event(SessionKey session, long sequence, EventBody body, UnknownFields unknown) {
        JsonObject object = (JsonObject) Objects.requireNonNull(value(party));
        JsonValue legacyId = value(sessionId);
        return new PartyEvent(
                session,
                sequence,
                Objects.requireNonNull(object.id("id")),
                time(),
                legacyId == null ? null : KeptText.of(legacyId.id()),
                value(origin) instanceof JsonObject type ? KeptText.of(type.text("type")) : null,
                PartyFactsReader.read(object, session.telephonySessionId(), unknown),
                body);
    }
}
