package io.callweave.bridge;

import org.jspecify.annotations.Nullable;

/** What {@link Keying} makes of a notification. */
public sealed interface Keyed {

    /**
     * A notification of a telephony session.
     *
     * @param account null if it is not known yet
     * @param timestamp when RingCentral sent it, in milliseconds since the epoch; null if it does not say
     */
    record Session(
            String telephonySessionId,
            @Nullable String account,
            @Nullable Long timestamp) implements Keyed {}

    /**
     * Another event type that shares the address.
     *
     * @param kind what it is counted as
     */
    record Skipped(String kind) implements Keyed {}

    /**
     * A notification that has no key.
     *
     * @param reason as in the header {@code reason} of dead letters
     */
    record Refused(String reason) implements Keyed {}
}
