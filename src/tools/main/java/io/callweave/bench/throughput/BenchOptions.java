package io.callweave.bench.throughput;

import java.time.Duration;
import java.util.Set;

/**
 * The size of the benchmark.
 *
 * @param events the fewest notifications of each round
 * @param warmUp the fewest notifications before the first round; 0 for none
 * @param accounts the number of accounts that the calls are spread over
 * @param concurrentCalls the number of calls at a time
 * @param aged the number of settled calls in the late window; 0 if no call is ever closed
 * @param subjects the ones that run
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
        Duration commitInterval,
        Set<Subject> subjects,
        int linkedPercent) {

    private static final long MOST_EVENTS = 100_000_000;
    private static final int MOST_ROUNDS = 1_000;
    private static final int MOST_PARTITIONS = 200;
    private static final int MOST_THREADS = 64;
    private static final int MOST_ACCOUNTS = 1_000_000;
    private static final int MOST_CONCURRENT = 1_000_000;
    private static final long MOST_AGED = 10_000_000;
    private static final long LONGEST_COMMIT_INTERVAL = 60_000;
    private static final int ALL_PERCENT = 100;

    /** A settled call must be kept for longer than any call takes, or its linked ones come too late. */
    private static final long LEAST_AGED_PER_CALL = 5;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range; the sentence names the option of the command line
     */
    public BenchOptions {
        subjects = Set.copyOf(subjects);
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("--subjects names none; it must name at least one.");
        }
        check("--events", events, 1, MOST_EVENTS);
        check("--warm-up", warmUp, 0, MOST_EVENTS);
        check("--rounds", rounds, 1, MOST_ROUNDS);
        check("--partitions", partitions, 1, MOST_PARTITIONS);
        check("--threads", threads, 1, MOST_THREADS);
        check("--accounts", accounts, 1, MOST_ACCOUNTS);
        check("--concurrent-calls", concurrentCalls, 1, MOST_CONCURRENT);
        check("--aged", aged, 0, MOST_AGED);
        if (aged > 0 && aged < LEAST_AGED_PER_CALL * concurrentCalls) {
            throw new IllegalArgumentException(
                    "--aged is %,d; with %,d calls at a time it must be 0, or at least %,d: calls must end before they are closed."
                            .formatted(aged, concurrentCalls, LEAST_AGED_PER_CALL * concurrentCalls));
        }
        check("--commit-interval", commitInterval.toMillis(), 1, LONGEST_COMMIT_INTERVAL);
        check("--linked", linkedPercent, 0, ALL_PERCENT);
    }

    /** How many rounds, in words. */
    public String roundsText() {
        return rounds == 1 ? "1 round" : rounds + " rounds";
    }

    /** From 0 to 1. */
    double linkedShare() {
        return linkedPercent / (double) ALL_PERCENT;
    }

    private static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d; it must be from %d to %,d.".formatted(option, value, least, most));
        }
    }
}
