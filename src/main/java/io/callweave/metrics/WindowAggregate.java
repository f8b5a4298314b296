package io.callweave.metrics;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The figures of one window: the sum of its calls. The order in which calls are added and subtracted makes no
 * difference.
 */
public final class WindowAggregate {

    private static final Count[] COUNTS = Count.values();
    private static final Figure[] FIGURES = Figure.values();

    public static final WindowAggregate EMPTY = new WindowAggregate(
            new long[COUNTS.length],
            Stream.of(FIGURES).map(figure -> Distribution.EMPTY).toArray(Distribution[]::new));

    private final long[] counts;
    private final Distribution[] figures;

    private WindowAggregate(long[] counts, Distribution[] figures) {
        this.counts = counts;
        this.figures = figures;
    }

    /**
     * An aggregate with stored values.
     *
     * @param counts by the numbers of {@link Count}
     * @param figures by the numbers of {@link Figure}
     */
    public static WindowAggregate of(long[] counts, Distribution[] figures) {
        return new WindowAggregate(Arrays.copyOf(counts, COUNTS.length), Arrays.copyOf(figures, FIGURES.length));
    }

    public long count(Count count) {
        return counts[count.number()];
    }

    public Distribution figure(Figure figure) {
        return figures[figure.number()];
    }

    public boolean isEmpty() {
        return count(Count.CALLS) == 0;
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

    public WindowAggregate plus(Measures call) {
        return changed(call, 1);
    }

    /**
     * The window without a call.
     *
     * @throws IllegalStateException if the call was not added
     */
    public WindowAggregate minus(Measures call) {
        return changed(call, -1);
    }

    private WindowAggregate changed(Measures call, int by) {
        long[] changedCounts = counts.clone();
        call.counts().forEach(count -> changedCounts[count.number()] += by);
        Distribution[] changedFigures = figures.clone();
        call.values().forEach((figure, value) -> {
            Distribution before = figures[figure.number()];
            changedFigures[figure.number()] = by > 0 ? before.plus(value) : before.minus(value);
        });
        return new WindowAggregate(changedCounts, changedFigures);
    }
}
