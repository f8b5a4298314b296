package io.callweave.topology.fairness;

import java.time.Duration;

/** Time that was taken and is not made up for yet: a quarter of the time that passes makes up for it. */
final class Debt {

    private static final int SHARE = 4;

    /** What was taken long ago is forgiven. */
    private static final long MOST_NANOS = Duration.ofSeconds(1).toNanos();

    private long nanos;
    private long at;

    Debt(long now) {
        at = now;
    }

    /** What is left of it now, in nanoseconds. */
    long pass(long now) {
        nanos = Math.max(0, nanos - (now - at) / SHARE);
        at = now;
        return nanos;
    }

    void add(long taken, long now) {
        nanos = Math.min(MOST_NANOS, pass(now) + taken);
    }
}
