package io.callweave.simulation.scene;

import io.callweave.simulation.platform.SimulatedLeg;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transfer of a call.
 *
 * @param by the party that transferred it
 * @param other that party's leg in another session, null for a transfer inside a session
 * @param from the party that the transferor talked to
 * @param to the party that has the call now, null if none
 */
public record HandOver(
        Kind kind,
        Instant time,
        SimulatedLeg by,
        @Nullable SimulatedLeg other,
        @Nullable SimulatedLeg from,
        @Nullable SimulatedLeg to) {

    public HandOver as(Kind newKind, Instant newTime) {
        return new HandOver(newKind, newTime, by, other, from, to);
    }

    /**
     * The same from the other side, for a call that moves into an older one.
     *
     * @param stillThere whether, by the servers' clocks, the transferor had not left yet, and so counts as the new
     *     party
     */
    public HandOver turned(Kind newKind, Instant newTime, boolean stillThere) {
        return new HandOver(newKind, newTime, Objects.requireNonNull(other), by, to, stillThere ? by : from);
    }

    /** The kind of transfer, in the call record's word. */
    public enum Kind {
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

        public String word() {
            return word;
        }
    }
}
