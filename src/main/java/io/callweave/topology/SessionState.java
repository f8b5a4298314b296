package io.callweave.topology;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a session beside its events.
 *
 * @param countedIn the call id under which the session was last emitted, null before that
 * @param liveIn the call id under which it stands on {@code live-calls}, null if it does not
 * @param armedDue when the session is to be looked at again, 0 if never
 * @param capped whether events of it were left out because it had too many
 * @param closed whether this is all that is left of it: a marker, so that a straggler does not begin a new call
 */
record SessionState(
        @Nullable String countedIn, @Nullable String liveIn, long armedDue, boolean capped, boolean closed) {

    static final SessionState NEW = new SessionState(null, null, 0, false, false);

    private static final int VERSION = 1;
    private static final int IS_CAPPED = 1;
    private static final int IS_CLOSED = 2;

    /** A marker, to be forgotten at this time. */
    static SessionState closed(long forgetAt) {
        return new SessionState(null, null, forgetAt, false, true);
    }

    boolean wasEmitted() {
        return countedIn != null;
    }

    SessionState countedIn(String callId) {
        return new SessionState(callId, liveIn, armedDue, capped, closed);
    }

    SessionState liveIn(@Nullable String callId) {
        return new SessionState(countedIn, callId, armedDue, capped, closed);
    }

    SessionState armedDue(long due) {
        return new SessionState(countedIn, liveIn, due, capped, closed);
    }

    SessionState asCapped() {
        return new SessionState(countedIn, liveIn, armedDue, true, closed);
    }

    byte[] write() {
        return new BinaryWriter(96)
                .u8(VERSION)
                .u8((capped ? IS_CAPPED : 0) | (closed ? IS_CLOSED : 0))
                .i64(armedDue)
                .optionalString(countedIn)
                .optionalString(liveIn)
                .bytes();
    }

    static SessionState read(byte @Nullable [] value) {
        if (value == null) {
            return NEW;
        }
        BinaryReader in = new BinaryReader(value);
        in.version(VERSION, "A session state");
        int flags = in.u8();
        long armedDue = in.i64();
        String countedIn = in.optionalString();
        String liveIn = in.optionalString();
        return new SessionState(countedIn, liveIn, armedDue, (flags & IS_CAPPED) != 0, (flags & IS_CLOSED) != 0);
    }
}
