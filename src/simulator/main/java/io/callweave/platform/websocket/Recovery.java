package io.callweave.platform.websocket;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt to recover a session ended.
 *
 * @param errorCode null if it succeeded
 */
record Recovery(String state, @Nullable String errorCode) {

    static final Recovery SUCCESSFUL = new Recovery("Successful", null);

    /** INFER: no public reply shows which code a session has that ended too long ago. */
    static final Recovery TOO_LATE = failed("WSG-1001");

    /** The session belongs to another sign-in, in an experiment of a RingCentral developer. */
    static final Recovery OTHER_SIGN_IN = failed("WSG-1003");

    /** The session had no subscription, in the same experiment. */
    static final Recovery NOTHING_SUBSCRIBED = failed("WSG-1005");

    private static Recovery failed(String errorCode) {
        return new Recovery("Failed", errorCode);
    }

    boolean isSuccessful() {
        return errorCode == null;
    }
}
