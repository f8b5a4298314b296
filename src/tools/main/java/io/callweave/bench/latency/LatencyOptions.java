package io.callweave.bench.latency;

import io.callweave.settings.value.PartitionBy;
import java.time.Duration;

/**
 * The size of the measurement.
 *
 * @param perSecond notifications
 * @param warmUp how long it runs before anything is measured
 * @param time how long it is measured
 * @param partitions of each topic
 * @param threads stream threads
 * @param accounts that the calls are spread over
 * @param lost share of the notifications that are not appended, from 0 to 0.5
 * @param partitionBy what the producer chooses partitions by
 */
public record LatencyOptions(
        int perSecond,
        Duration warmUp,
        Duration time,
        int partitions,
        int threads,
        int accounts,
        double lost,
        PartitionBy partitionBy) {

    private static final int MOST_PER_SECOND = 100_000;
    private static final int MOST_PARTITIONS = 200;
    private static final int MOST_THREADS = 64;
    private static final int MOST_ACCOUNTS = 1_000_000;
    private static final double MOST_LOST = 0.5;
    private static final long MOST_SECONDS = 86_400;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range; the sentence names the option of the command line
     */
    public LatencyOptions {
        check("--rate", perSecond, 1, MOST_PER_SECOND);
        check("--warm-up", warmUp.toSeconds(), 0, MOST_SECONDS);
        check("--seconds", time.toSeconds(), 1, MOST_SECONDS);
        check("--partitions", partitions, 1, MOST_PARTITIONS);
        check("--threads", threads, 1, MOST_THREADS);
        check("--accounts", accounts, 1, MOST_ACCOUNTS);
        if (!(lost >= 0 && lost <= MOST_LOST)) {
            throw new IllegalArgumentException("--lost is %s; it must be from 0 to %s.".formatted(lost, MOST_LOST));
        }
    }

    private static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d; it must be from %d to %,d.".formatted(option, value, least, most));
        }
    }
}
