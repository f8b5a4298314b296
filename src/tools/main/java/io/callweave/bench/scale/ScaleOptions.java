package io.callweave.bench.scale;

import java.util.List;
import java.util.Set;

/**
 * What is measured.
 *
 * @param curves in the order in which they run
 * @param most the most calls, live or settled, that a point has
 * @param events the fewest notifications of each round
 * @param warmUp the fewest notifications of the reference before the first point
 * @param rounds of each point
 * @param withDsl whether the DSL baseline runs at each point, too
 */
public record ScaleOptions(List<Curve> curves, long most, long events, long warmUp, int rounds, boolean withDsl) {

    private static final int LEAST_CALLS = 10;
    private static final long MOST_CALLS = 1_000_000;
    private static final long MOST_EVENTS = 10_000_000;
    private static final int MOST_ROUNDS = 100;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range; the sentence names the option of the command line
     */
    public ScaleOptions {
        curves = List.copyOf(curves);
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("--curves names none; it must name at least one.");
        }
        if (Set.copyOf(curves).size() < curves.size()) {
            throw new IllegalArgumentException("--curves names one twice; name each once.");
        }
        check("--most", most, LEAST_CALLS, MOST_CALLS);
        check("--events", events, 1, MOST_EVENTS);
        check("--warm-up", warmUp, 0, MOST_EVENTS);
        check("--rounds", rounds, 1, MOST_ROUNDS);
    }

    /**
     * Whether so many settled calls are a point of the curve of settled calls and of that of restores. They are made once for
     * both: a million of them takes a quarter of an hour.
     */
    boolean isRestoredWhenSettled(long value) {
        return curves.contains(Curve.SETTLED)
                && curves.contains(Curve.RESTORE)
                && Curve.SETTLED.values(most).contains(value)
                && Curve.RESTORE.values(most).contains(value);
    }

    /** The number of points of all curves. */
    int points() {
        return curves.stream().mapToInt(curve -> curve.values(most).size()).sum();
    }

    private static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d; it must be from %d to %,d.".formatted(option, value, least, most));
        }
    }
}
