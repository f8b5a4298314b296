package io.callweave.runtime.http;

import java.time.Duration;

/**
 * Something that keeps new senders out, and whether it lasts. What happens for a moment, or every ten seconds, does not: most senders
 * get in then, and strangers could have the server said to be full at little cost. Not thread-safe.
 */
final class LastingTrouble {

    private static final Duration LASTING = Duration.ofSeconds(3);

    /** After so long without it, it is over. */
    static final Duration OVER_AFTER = Duration.ofSeconds(5);

    private long since;
    private long last;

    /** @param now as {@link System#nanoTime}; so are all other times */
    LastingTrouble(long now) {
        last = now - OVER_AFTER.toNanos();
        since = last;
    }

    /** It happens now, and has done so for a while. */
    void happens(long began, long now) {
        if (now - last >= OVER_AFTER.toNanos() || began - since < 0) {
            since = began;
        }
        last = now;
    }

    boolean lasts(long now) {
        return last - since >= LASTING.toNanos() && now - last < OVER_AFTER.toNanos();
    }
}
