package io.callweave.bench.throughput;

import io.callweave.bench.traffic.CallTemplates;

/**
 * Relates simulated time to the traffic. Times are in milliseconds.
 *
 * @param start of the simulated time, since the epoch
 * @param gap from the start of a call to that of the next
 * @param lateWindow how long a settled call is kept, so that their number is the requested one
 */
public record Pace(long start, double gap, long lateWindow) {

    private static final long DAY = 24 * 60 * 60_000L;

    /** The traffic is a little more than requested. */
    private static final double SPARE = 1.2;

    /** So many calls begin, about, until as many go on as are to. */
    private static final int CALLS_BEFORE = 4;

    /** A thousand calls that begin in the same millisecond. */
    private static final double LEAST_GAP = 0.001;

    /**
     * A pace at which all of the traffic is in the past: brokers refuse records of the future.
     *
     * @param more notifications than the options say
     * @param now in milliseconds since the epoch
     */
    public static Pace of(BenchOptions options, long more, CallTemplates templates, long now) {
        double messages = templates.messages();
        double gap = Math.max(LEAST_GAP, templates.duration() / options.concurrentCalls());
        double calls = options.aged()
                + (double) options.concurrentCalls() * CALLS_BEFORE
                + (options.warmUp() + (double) options.events() * options.rounds() + more) / messages;
        long lateWindow = options.aged() == 0 ? 2 * DAY + (long) (SPARE * calls * gap) : (long) (options.aged() * gap);
        return new Pace(now - DAY - (long) (SPARE * calls * gap), gap, lateWindow);
    }
}
