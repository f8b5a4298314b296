package io.callweave.runtime.http;

import java.time.Duration;

/**
 * Something that keeps new senders out, and whether it lasts. What happens for a moment, again and again, does not last: most
 * senders get in, and strangers could make the server look full at little cost. Not thread-safe.
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
     * @param gap a longer pause ends it
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
