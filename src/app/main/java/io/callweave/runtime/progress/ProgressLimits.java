package io.callweave.runtime.progress;

import io.callweave.checks.Check;
import java.time.Duration;

/**
 * When work counts as standing still.
 *
 * @param interval between two questions to the brokers; several times within each limit
 * @param answer a broker that takes longer counts as one that does not answer
 * @param standstill longer than a step may take (the transaction timeout is 10 s) and a rebalance does
 * @param inLine for a partition that no step has begun on while others move. On a machine that cannot keep up, partitions wait
 *     for their turn for more than a minute, and a restart would only add to the work.
 */
public record ProgressLimits(Duration interval, Duration answer, Duration standstill, Duration inLine) {

    public static final ProgressLimits DEFAULT = new ProgressLimits(
            Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(60), Duration.ofMinutes(5));

    public ProgressLimits {
        Check.positive("The interval of the questions", interval);
        Check.positive("The time for an answer", answer);
        Check.positive("The time of a standstill", standstill);
        Check.positive("The time in line", inLine);
    }
}
