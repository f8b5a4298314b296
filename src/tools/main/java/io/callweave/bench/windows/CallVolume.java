package io.callweave.bench.windows;

import java.time.Duration;

/**
 * How many calls are measured, and the size of their account.
 *
 * @param departments in the directory; 0 if there is no directory
 * @param numbers outside numbers
 * @param time in which the calls begin
 */
public record CallVolume(int calls, int extensions, int queues, int departments, int numbers, Duration time) {

    private static final int LEAST_EXTENSIONS = 8;
    private static final int MOST_EXTENSIONS = 80_000;
    private static final int MOST_QUEUES = 1_000;
    private static final int MOST_NUMBERS = 1_000_000;

    /** Old windows would be dropped after that, and would be missing in the state. */
    private static final Duration LONGEST = Duration.ofDays(7);

    /** @throws IllegalArgumentException with a sentence that says what is not possible */
    public CallVolume {
        check("calls", calls, 1, Integer.MAX_VALUE);
        check("extensions", extensions, LEAST_EXTENSIONS, MOST_EXTENSIONS);
        check("queues", queues, 1, MOST_QUEUES);
        check("departments", departments, 0, extensions);
        check("outside numbers", numbers, 1, MOST_NUMBERS);
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The time in which calls begin must be longer than nothing, and %d hours at the most."
                            .formatted(LONGEST.toHours()));
        }
    }

    private static void check(String what, int count, int least, int most) {
        if (count < least || count > most) {
            throw new IllegalArgumentException(
                    "There can be %,d to %,d %s, not %,d.".formatted(least, most, what, count));
        }
    }
}
