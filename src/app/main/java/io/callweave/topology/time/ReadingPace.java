package io.callweave.topology.time;

import java.util.concurrent.TimeUnit;

/** How many records a stream thread reads in a second. */
final class ReadingPace {

    private static final long MEASURED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Every machine reads as many. After a quiet time the pace is that of the quiet time, and a call is no backlog. */
    private static final int SLOWEST_PER_SECOND = 500;

    private boolean begun;
    private long measuredAt;
    private long readBefore;
    private double perSecond;

    /**
     * The present pace.
     *
     * @param read how many records it has read since its start
     * @param nanoTime now, as {@link System#nanoTime}
     */
    double perSecond(long read, long nanoTime) {
        long elapsed = nanoTime - measuredAt;
        if (!begun || elapsed >= MEASURED_NANOS) {
            perSecond = begun ? (read - readBefore) * NANOS_A_SECOND / elapsed : 0;
            begun = true;
            measuredAt = nanoTime;
            readBefore = read;
        }
        return Math.max(perSecond, SLOWEST_PER_SECOND);
    }
}
