package io.callweave.call.transfer;

import io.callweave.call.event.PartyRef;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One transfer of a call by somebody who had it. When an IVR or a queue passes a call on, that is not a transfer.
 *
 * @param time when it happened, in milliseconds since the epoch
 * @param by the party that transferred the call, or that lost it to a pick-up; its party id is null if only its session
 *     was named
 * @param from the party that stays in its session, null if none was seen
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

    /** How it was transferred. */
    public enum Kind {
        /** After a consultation in a session of its own. */
        ATTENDED,
        BLIND,
        /** Retrieved from a park extension by a session of its own. */
        PARK,
        /** Brought into a conference. */
        CONFERENCE,
        /** Moved on to another phone of the same user. */
        FLIP,
        /** Moved on to another device of the same application. */
        SWITCH,
        /** Picked up from a phone that rang. */
        PICKUP
    }

    /** Whether somebody gave the call to somebody else. The other kinds only move a call. */
    public boolean isHandedOn() {
        return kind == Kind.ATTENDED || kind == Kind.BLIND;
    }
}
