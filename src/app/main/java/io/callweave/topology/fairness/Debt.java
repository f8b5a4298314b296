package io.callweave.topology.fairness;

import java.time.Duration;

/** Time that was taken and is not made up for yet: a quarter of the time that passes makes up for it. */
final class Debt {

    private static final int SHARE = 4;

    /** What was taken long ago is forgiven. */
    private static final long MOST_NANOS = Duration.ofSeconds(1).toNanos();

    /** Of what was taken so long ago, about a third counts as recent. */
    private static final double RECENT_NANOS = Duration.ofSeconds(4).toNanos();

    private long nanos;
    private double recent;
    private long at;

    Debt(long now) {
        at = now;
    }

    /** What is left of it now, in nanoseconds. */
    long pass(long now) {
        long passed = now - at;
        if (passed > 0) {
            nanos = Math.max(0, nanos - passed / SHARE);
            recent *= Math.exp(-passed / RECENT_NANOS);
            at = now;
        }
        return nanos;
    }

    /** Which part of the time was taken recently. */
    double recent(long now) {
        pass(now);
        return recent / RECENT_NANOS;
    }

    void add(long taken, long now) {
        nanos = Math.min(MOST_NANOS, pass(now) + taken);
        recent += taken;
    }
}
