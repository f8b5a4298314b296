package io.callweave.bench.throughput;

/**
 * The size of a benchmark.
 *
 * @param events the fewest notifications of each round
 * @param warmUp the fewest notifications before the first round; 0 for none
 * @param accounts the number of accounts that the calls are spread over
 * @param concurrentCalls the number of calls at a time
 * @param aged the number of settled calls in the late window; 0 if no call is ever closed
 * @param linkedPercent the share of sessions that is joined with another one
 */
public record BenchOptions(
        long events,
        long warmUp,
        int rounds,
        int partitions,
        int threads,
        int accounts,
        int concurrentCalls,
        long aged,
        int linkedPercent) {

    private static final long MOST_EVENTS = 100_000_000;
    private static final int MOST_ROUNDS = 1_000;
    private static final int MOST_PARTITIONS = 200;
    private static final int MOST_THREADS = 64;
    private static final int MOST_CALLS = 1_000_000;
    private static final int ALL_PERCENT = 100;

    /** A settled call must be kept for longer than any call takes, or its linked ones come too late. */
    private static final long LEAST_AGED_PER_CALL = 5;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range; the sentence names the option of the command line
     */
    public BenchOptions {
        check("--events", (double) events, 1, MOST_EVENTS);
        check("--warm-up", (double) warmUp, 0, MOST_EVENTS);
        check("--rounds", rounds, 1, MOST_ROUNDS);
        check("--partitions", partitions, 1, MOST_PARTITIONS);
        check("--threads", threads, 1, MOST_THREADS);
        check("--accounts", accounts, 1, MOST_CALLS);
        check("--concurrent-calls", concurrentCalls, 1, MOST_CALLS);
        check("--aged", (double) aged, 0, 10L * MOST_CALLS);
        if (aged > 0 && aged < LEAST_AGED_PER_CALL * concurrentCalls) {
            throw new IllegalArgumentException(
                    "--aged is %,d; with %,d calls at a time it must be 0, or at least %,d: calls must end before they are closed."
                            .formatted(aged, concurrentCalls, LEAST_AGED_PER_CALL * concurrentCalls));
        }
        check("--linked", linkedPercent, 0, ALL_PERCENT);
    }

    /**
     * Checks the value of an option of a benchmark.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public static void check(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s is %s; it must be from %s to %s.".formatted(option, text(value), text(least), text(most)));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) ? "%,.0f".formatted(value) : Double.toString(value);
    }

    /** From 0 to 1. */
    double linkedShare() {
        return linkedPercent / (double) ALL_PERCENT;
    }
}
