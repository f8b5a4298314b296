package io.callweave.topology;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a session beside its events.
 *
 * @param countedIn the call id under which the session was last emitted, null before that
 * @param armedDue when the session is to be looked at again, 0 if never
 */
record SessionState(@Nullable String countedIn, long armedDue) {

    static final SessionState NEW = new SessionState(null, 0);

    private static final int VERSION = 1;

    boolean wasEmitted() {
        return countedIn != null;
    }

    SessionState countedIn(String callId) {
        return new SessionState(callId, armedDue);
    }

    SessionState armedDue(long due) {
        return new SessionState(countedIn, due);
    }

    byte[] write() {
        return new BinaryWriter(64)
                .u8(VERSION)
                .i64(armedDue)
                .optionalString(countedIn)
                .bytes();
    }

    static SessionState read(byte @Nullable [] value) {
        if (value == null) {
            return NEW;
        }
        BinaryReader in = new BinaryReader(value);
        in.version(VERSION, "session state");
        long armedDue = in.i64();
        return new SessionState(in.optionalString(), armedDue);
    }
}
