package io.callweave.deliver;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * When a failed post is attempted again.
 *
 * @param delays after the first, second … failure; with jitter of a tenth of each
 * @param keep how long after it happened something is delivered at all
 */
public record RetrySchedule(List<Duration> delays, Duration keep) {

    private static final int JITTER_PARTS = 10;

    /** Checks and copies them. */
    public RetrySchedule {
        delays = List.copyOf(delays);
        if (keep.isNegative() || keep.isZero()) {
            throw new IllegalArgumentException("deliver.keep must be longer than 0s, not " + keep + ".");
        }
    }

    /** How many attempts there are at most. */
    public int attempts() {
        return delays.size() + 1;
    }

    /**
     * The time of the next attempt in milliseconds since the epoch; empty if there is none.
     *
     * @param id of the webhook: spreads those that failed together, and gives the same time in each computation
     * @param failed how many attempts have failed
     * @param now when the last one ended
     */
    public OptionalLong next(String id, int failed, long now) {
        if (failed < 1 || failed > delays.size()) {
            return OptionalLong.empty();
        }
        long delay = delays.get(failed - 1).toMillis();
        long spread = delay / JITTER_PARTS * 2;
        long jitter = spread == 0 ? 0 : Math.floorMod(31L * id.hashCode() + 7919L * failed, spread + 1) - spread / 2;
        return OptionalLong.of(now + delay + jitter);
    }

    /** Whether something of this age is no longer delivered. */
    public boolean isExpired(long accepted, long now) {
        return now - accepted > keep.toMillis();
    }
}
