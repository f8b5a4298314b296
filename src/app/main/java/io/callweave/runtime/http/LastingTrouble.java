package io.callweave.runtime.http;

import java.time.Duration;

/**
 * Something that keeps new senders out, and whether it lasts. What happens for a moment, or every ten seconds, does not: most senders
 * get in then, and strangers could have the server said to be full at little cost. Not thread-safe.
 */
final class LastingTrouble {

    private static final Duration LASTING = Duration.ofSeconds(3);

    /** So long after the last time, it is no longer told. */
    static final Duration TOLD_FOR = Duration.ofSeconds(5);

    private final long gapNanos;
    private long since;
    private long last;
    private long toldUntil;

    /**
     * Nothing has happened yet.
     *
     * @param gap what happens after a longer one begins anew
     * @param now as {@link System#nanoTime}; so are all other times
     */
    LastingTrouble(Duration gap, long now) {
        gapNanos = gap.toNanos();
        last = now - gapNanos - 1;
        since = last;
        toldUntil = now;
    }

    /** It happens now, and has done so for a while. */
    void happens(long began, long now) {
        if (began - last > gapNanos) {
            since = began;
        }
        last = now;
        if (now - since >= LASTING.toNanos()) {
            toldUntil = now + TOLD_FOR.toNanos();
        }
    }

    boolean lasts(long now) {
        return now - toldUntil < 0;
    }
}
