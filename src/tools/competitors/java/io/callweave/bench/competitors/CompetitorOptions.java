package io.callweave.bench.competitors;

import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.Subject;
import java.time.Duration;
import java.util.Set;

/**
 * The size of the benchmark, with the input of {@code bench topology --aged=0}.
 *
 * @param subjects the ones that run
 */
public record CompetitorOptions(BenchOptions size, Set<Competitor> subjects) {

    private static final int ACCOUNTS = 50;
    private static final int CONCURRENT_CALLS = 1_000;
    private static final int LINKED_PERCENT = 15;

    /** The commit interval of the DSL; Callweave chooses its own, and Flink has its checkpoints. */
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    public CompetitorOptions {
        subjects = Set.copyOf(subjects);
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("--subjects names none; it must name at least one.");
        }
    }

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range; the sentence names the option of the command line
     */
    public static CompetitorOptions of(
            long events, long warmUp, int rounds, int partitions, int threads, Set<Competitor> subjects) {
        return new CompetitorOptions(
                new BenchOptions(
                        events,
                        warmUp,
                        rounds,
                        partitions,
                        threads,
                        ACCOUNTS,
                        CONCURRENT_CALLS,
                        0,
                        COMMIT_INTERVAL,
                        Set.of(Subject.CALLWEAVE, Subject.DSL),
                        LINKED_PERCENT),
                subjects);
    }
}
