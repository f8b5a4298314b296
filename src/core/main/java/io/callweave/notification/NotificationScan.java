package io.callweave.notification;

import io.callweave.notification.json.JacksonTokens;
import io.callweave.notification.json.JsonTokens;
import io.callweave.notification.json.NotificationJson;
import io.callweave.notification.json.PlainTokens;
import io.callweave.notification.json.StrictUtf8;
import java.io.IOException;

/**
 * The first checks of every notification: size, JSON, object. Shared, so that the keyer and the reader cannot disagree.
 */
sealed interface NotificationScan {

    String NO_OBJECT = "The JSON is neither an object nor a WebSocket frame of a header and an object.";

    record Found(Envelope envelope) implements NotificationScan {}

    record Refused(Rejection rejection) implements NotificationScan {}

    /**
     * Checks a notification to its end.
     *
     * @param maxParties reads no further ones; with 0, only the key
     */
    static NotificationScan of(byte[] value, int maxBytes, int maxParties) {
        if (value.length > maxBytes) {
            return refused(RejectReason.TOO_LARGE, "The notification is over " + maxBytes + " bytes.");
        }
        int malformed = StrictUtf8.firstError(value);
        if (malformed >= 0) {
            return refused(RejectReason.NOT_JSON, "This is not UTF-8 from byte " + malformed + " on.");
        }
        try {
            return of(new PlainTokens(value), maxParties);
        } catch (IOException notPlain) {
            try (JsonTokens tokens = new JacksonTokens(value)) {
                return of(tokens, maxParties);
            } catch (IOException e) {
                return refused(RejectReason.NOT_JSON, NotificationJson.complaint(e));
            }
        }
    }

    private static NotificationScan of(JsonTokens tokens, int maxParties) throws IOException {
        if (tokens.next() == null) {
            return refused(RejectReason.NOT_JSON, NotificationJson.ENDS_TOO_EARLY);
        }
        Envelope envelope = new EnvelopeScanner(tokens, maxParties).scan();
        if (tokens.next() != null) {
            return refused(RejectReason.NOT_JSON, "There is more than one JSON value.");
        }
        return envelope != null ? new Found(envelope) : refused(RejectReason.NOT_AN_OBJECT, NO_OBJECT);
    }

    private static Refused refused(RejectReason reason, String detail) {
        return new Refused(new Rejection(reason, detail));
    }
}
