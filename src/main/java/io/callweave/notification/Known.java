package io.callweave.notification;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a notification whatever becomes of it, because a dead letter is keyed and files are timed by it. Nothing
 * is known of what is too large, no JSON or no object.
 *
 * @param timestamp when RingCentral sent it, in milliseconds since the epoch; null if absent, or no time that {@link
 *     Instants} takes
 */
public record Known(
        @Nullable String telephonySessionId,
        @Nullable String account,
        @Nullable Long timestamp) {

    static final Known NOTHING = new Known(null, null, null);
}
