package io.callweave.notification;

import io.callweave.notification.json.KeptText;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a notification even if it is rejected: dead letters use it as their key, and files as their time.
 * Nothing is known about input that is too large, is not JSON or is not an object.
 *
 * @param timestamp when RingCentral sent it, in milliseconds since the epoch; null if absent or not a valid time
 *     ({@link Instants})
 */
public record EnvelopeIds(
        @Nullable String telephonySessionId,
        @Nullable String account,
        @Nullable Long timestamp) {

    static final EnvelopeIds NOTHING = new EnvelopeIds(null, null, null);

    /** The session, unless its id is too long to be that of one. */
    public @Nullable String keptSession() {
        return KeptText.of(telephonySessionId);
    }

    /** The same ids, with this account if there is none. */
    EnvelopeIds orAccount(@Nullable String other) {
        return account != null || other == null || other.isEmpty()
                ? this
                : new EnvelopeIds(telephonySessionId, other, timestamp);
    }
}
