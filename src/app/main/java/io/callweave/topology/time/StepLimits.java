package io.callweave.topology.time;

import io.callweave.checks.Check;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much of what is due is worked off in one step. Under exactly-once a step that outlasts the transaction timeout is
 * fenced and repeated without end, so a step stops here and the next one continues.
 *
 * @param entries how many entries at most
 * @param time after which no further entry is begun
 * @param nanoTime the clock that measures it, as {@link System#nanoTime}
 */
public record StepLimits(int entries, Duration time, LongSupplier nanoTime) {

    public static final StepLimits DEFAULT = new StepLimits(1_000, Duration.ofMillis(25), System::nanoTime);

    public StepLimits {
        Check.atLeast("The entries of a step", 1, entries);
        Check.notNegative("The time of a step", time);
    }

    /** Bounds the entries only, so that no test depends on how fast a machine is. */
    public StepLimits timeless() {
        return new StepLimits(entries, time, () -> 0);
    }

    public Budget begin() {
        return new Budget(entries, nanoTime.getAsLong());
    }

    /** What is left of one step. */
    public final class Budget {

        private final long startedAt;
        private int left;

        private Budget(int entries, long startedAt) {
            this.left = entries;
            this.startedAt = startedAt;
        }

        /** Whether nothing more may be begun in this step; never before the first entry, so that each step gets on. */
        public boolean isSpent() {
            return left <= 0 || (left < entries && nanoTime.getAsLong() - startedAt >= time.toNanos());
        }

        public void spend() {
            spend(1);
        }

        public void spend(int entriesDone) {
            left -= entriesDone;
        }
    }
}
