package io.callweave.notification;

import com.fasterxml.jackson.core.JsonParser;
import io.callweave.notification.json.NotificationJson;
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
     * @param keyOnly reads only the key
     */
    static NotificationScan of(byte[] value, int maxBytes, boolean keyOnly) {
        if (value.length > maxBytes) {
            return refused(RejectReason.TOO_LARGE, "The notification is over " + maxBytes + " bytes.");
        }
        int malformed = StrictUtf8.firstError(value);
        if (malformed >= 0) {
            return refused(RejectReason.NOT_JSON, "This is not UTF-8 from byte " + malformed + " on.");
        }
        try (JsonParser parser = NotificationJson.parser(value)) {
            if (parser.nextToken() == null) {
                return refused(RejectReason.NOT_JSON, NotificationJson.ENDS_TOO_EARLY);
            }
            Envelope envelope = new EnvelopeScanner(parser, NotificationJson.start(value), keyOnly).scan();
            if (parser.nextToken() != null) {
                return refused(RejectReason.NOT_JSON, "There is more than one JSON value.");
            }
            return envelope != null ? new Found(envelope) : refused(RejectReason.NOT_AN_OBJECT, NO_OBJECT);
        } catch (IOException e) {
            return refused(RejectReason.NOT_JSON, NotificationJson.complaint(e));
        }
    }

    private static Refused refused(RejectReason reason, String detail) {
        return new Refused(new Rejection(reason, detail));
    }
}
