package io.callweave.call.transfer;

import org.jspecify.annotations.Nullable;

/**
 * One number of a call: a phone number or, if none was sent, an extension id.
 *
 * @param phoneNumber as sent
 * @param extensionId of a phone number, the one sent with it last; in the same way {@code extensionNumber} and {@code name}
 * @param firstSeen the smallest time of the events that have it, in milliseconds since the epoch
 */
public record NumberSeen(
        @Nullable String phoneNumber,
        @Nullable String extensionId,
        @Nullable String extensionNumber,
        @Nullable String name,
        long firstSeen,
        IntroducedBy introducedBy) {

    /** How a number came into the call. */
    public enum IntroducedBy {
        /** It was there before the first transfer. */
        START,
        ATTENDED,
        BLIND,
        PARK,
        CONFERENCE,
        FLIP,
        SWITCH,
        PICKUP,
        /** It came with a session that no known link joined. */
        OTHER
    }
}
