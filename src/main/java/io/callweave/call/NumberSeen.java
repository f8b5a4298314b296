package io.callweave.call;

import org.jspecify.annotations.Nullable;

/**
 * One number of a call: a phone number or, where none was sent, an extension id.
 *
 * @param phoneNumber as sent
 * @param extensionId with a phone number, what was sent with it last; likewise {@code extensionNumber}, {@code name}
 * @param firstSeen the smallest time of the events that have it, in milliseconds since the epoch
 */
public record NumberSeen(
        @Nullable String phoneNumber,
        @Nullable String extensionId,
        @Nullable String extensionNumber,
        @Nullable String name,
        long firstSeen,
        IntroducedBy introducedBy) {

    /** What brought a number into the call. */
    public enum IntroducedBy {
        /** It was there before anybody handed the call over. */
        START,
        ATTENDED,
        BLIND,
        PARK,
        CONFERENCE,
        FLIP,
        SWITCH,
        PICKUP,
        /** It came with a session that nothing known joined. */
        OTHER
    }
}
