package io.callweave.metrics;

import java.util.Arrays;

/**
 * The figures of one window: the sum of its calls. The order in which calls are added and removed makes no difference. It
 * changes in place.
 */
public final class WindowAggregate {

    private static final int COUNTS = Count.values().length;
    private static final int FIGURES = Figure.values().length;

    private final long[] counts;
    private final Distribution[] figures;
    private long digest;

    /** Without calls. */
    public WindowAggregate() {
        this(new long[COUNTS], new Distribution[FIGURES], 0);
    }

    private WindowAggregate(long[] counts, Distribution[] figures, long digest) {
        this.digest = digest;
        this.counts = counts;
        this.figures = figures;
        for (int i = 0; i < figures.length; i++) {
            if (figures[i] == null) {
                figures[i] = new Distribution();
            }
        }
    }

    /**
     * An aggregate with stored values. What is not stored is 0.
     *
     * @param counts by the numbers of {@link Count}
     * @param figures by the numbers of {@link Figure}; their distributions are taken over
     * @param digest of its records
     */
    public static WindowAggregate of(long[] counts, Distribution[] figures, long digest) {
        return new WindowAggregate(Arrays.copyOf(counts, COUNTS), Arrays.copyOf(figures, FIGURES), digest);
    }

    public long count(Count count) {
        return counts[count.number()];
    }

    public Distribution figure(Figure figure) {
        return figures[figure.number()];
    }

    /** The sum of the digests of its records. */
    public long digest() {
        return digest;
    }

    public boolean isEmpty() {
        return count(Count.CALLS) == 0 && count(Count.RECORDS) == 0;
    }

    /** Whether the largest values are known; if not, the aggregate must be rebuilt from its calls. */
    public boolean isExact() {
        for (Distribution figure : figures) {
            if (!figure.isMaxKnown()) {
                return false;
            }
        }
        return true;
    }

    /** Adds a call. */
    public WindowAggregate add(Measures call) {
        digest += call.digest();
        for (int number = 0; number < counts.length; number++) {
            counts[number] += call.times(number);
        }
        for (int number = 0; number < figures.length; number++) {
            if (call.hasValue(number)) {
                figures[number].add(call.value(number));
            }
        }
        return this;
    }

    /**
     * Takes a call out.
     *
     * @throws IllegalStateException if the call was not added; then the figures are wrong, too
     */
    public WindowAggregate remove(Measures call) {
        digest -= call.digest();
        for (int number = 0; number < counts.length; number++) {
            counts[number] -= call.times(number);
        }
        for (int number = 0; number < figures.length; number++) {
            if (call.hasValue(number)) {
                figures[number].remove(call.value(number));
            }
        }
        return this;
    }
}
