package io.callweave.simulation;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody handed a call on.
 *
 * @param by the party that did it
 * @param other that party's other end in another session, null for a hand-over inside a session
 * @param from who was talked to before
 * @param to who came, null if nobody did
 */
record HandOver(
        Kind kind,
        Instant time,
        Leg by,
        @Nullable Leg other,
        @Nullable Leg from,
        @Nullable Leg to) {

    HandOver as(Kind newKind, Instant newTime) {
        return new HandOver(newKind, newTime, by, other, from, to);
    }

    /**
     * From the other side: a call that is taken into an older one.
     *
     * @param stillThere whether the clocks have it that the one who did it had not left yet, and is who came
     */
    HandOver turned(Kind newKind, Instant newTime, boolean stillThere) {
        return new HandOver(newKind, newTime, Objects.requireNonNull(other), by, to, stillThere ? by : from);
    }

    /** In which way, with the word of the call record. */
    enum Kind {
        ATTENDED("attended"),
        BLIND("blind"),
        PARK("park"),
        CONFERENCE("conference"),
        FLIP("flip"),
        SWITCH("switch"),
        PICKUP("pickup");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
