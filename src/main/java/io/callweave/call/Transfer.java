package io.callweave.call;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One hand-over of a call by somebody who had it. A hand-over by an IVR or a queue is none.
 *
 * @param time when it happened, in milliseconds since the epoch
 * @param by the party that handed over, or that the call was fetched from; its party id is null if only its session was named
 * @param from the party that stays where it is, null if none is seen
 * @param to the party that has the call now, null if none came
 */
public record Transfer(
        Kind kind,
        long time,
        PartyRef by,
        @Nullable PartyRef from,
        @Nullable PartyRef to) {

    static final Comparator<Transfer> ORDER = Comparator.comparingLong(Transfer::time)
            .thenComparing(Transfer::by)
            .thenComparing(Transfer::kind)
            .thenComparing(Transfer::to, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** How it was handed over. */
    public enum Kind {
        /** After a consultation in a session of its own. */
        ATTENDED,
        BLIND,
        /** Fetched from a park extension by a session of its own. */
        PARK,
        /** Brought into a conference. */
        CONFERENCE,
        /** Moved on to another phone of the same user. */
        FLIP,
        /** Moved on to another device of the same application. */
        SWITCH,
        /** Fetched from a phone that rang. */
        PICKUP
    }

    /** Whether somebody handed the call to somebody else; the other kinds are other moves of a call. */
    public boolean isHandedOn() {
        return kind == Kind.ATTENDED || kind == Kind.BLIND;
    }
}
