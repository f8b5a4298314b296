package io.callweave.topology.fairness;

import java.time.Duration;

/** Time that was taken and is not made up for yet: a quarter of the time that passes makes up for it. */
final class Debt {

    private static final int SHARE = 4;

    /** What was taken long ago is forgiven. */
    private static final long MOST_NANOS = Duration.ofSeconds(1).toNanos();

    private final double recently;
    private long nanos;
    private double recent;
    private long at;

    /** @param recently of what was taken so long ago, about a third counts as recent */
    Debt(long now, Duration recently) {
        this.recently = recently.toNanos();
        this.at = now;
    }

    /** What is left of it now, in nanoseconds. */
    long pass(long now) {
        long passed = now - at;
        if (passed > 0) {
            nanos = Math.max(0, nanos - passed / SHARE);
            recent *= Math.exp(-passed / recently);
            at = now;
        }
        return nanos;
    }

    /** Which part of the time was taken recently. */
    double recent(long now) {
        pass(now);
        return recent / recently;
    }

    void add(long taken, long now) {
        nanos = Math.min(MOST_NANOS, pass(now) + taken);
        recent += taken;
    }
}
