package io.callweave.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one call adds to a window: one to some counts, and values in milliseconds to the figures that the call has. */
public final class Measures {

    private static final Count[] COUNTS = Count.values();
    private static final Figure[] FIGURES = Figure.values();

    /** A bit for each count, at the place of its number. */
    private final long counts;

    /** The same for each figure that has a value. */
    private final long present;

    /** By the numbers of figures. */
    private final long[] values;

    private Measures(long counts, long present, long[] values) {
        this.counts = counts;
        this.present = present;
        this.values = values;
    }

    /** @param values in milliseconds; a figure that the call does not have is left out */
    public Measures(Set<Count> counts, Map<Figure, Long> values) {
        this(bits(counts), bits(values.keySet()), new long[FIGURES.length]);
        values.forEach((figure, value) -> this.values[figure.number()] = value);
    }

    /**
     * Measures with stored values.
     *
     * @param counts a bit for each, at the place of its number
     * @param present the same for the figures that have a value
     * @param values by the numbers of figures, 0 for one without; taken over
     */
    public static Measures of(long counts, long present, long[] values) {
        return new Measures(counts, present, values);
    }

    /** These, and one more count. */
    Measures with(Count count) {
        return new Measures(counts | 1L << count.number(), present, values);
    }

    boolean has(int count) {
        return (counts & 1L << count) != 0;
    }

    /** Whether there is a value of the figure with this number. */
    public boolean hasValue(int figure) {
        return (present & 1L << figure) != 0;
    }

    /** In milliseconds; 0 if there is none. */
    public long value(int figure) {
        return values[figure];
    }

    /** A bit for each count, at the place of its number. */
    public long countBits() {
        return counts;
    }

    /** A bit for each figure that has a value. */
    public long valueBits() {
        return present;
    }

    public Set<Count> counts() {
        Set<Count> set = EnumSet.noneOf(Count.class);
        for (Count count : COUNTS) {
            if (has(count.number())) {
                set.add(count);
            }
        }
        return set;
    }

    /** In milliseconds. */
    public Map<Figure, Long> values() {
        Map<Figure, Long> map = new EnumMap<>(Figure.class);
        for (Figure figure : FIGURES) {
            if (hasValue(figure.number())) {
                map.put(figure, value(figure.number()));
            }
        }
        return map;
    }

    private static long bits(Set<? extends Stored> set) {
        long bits = 0;
        for (Stored one : set) {
            bits |= 1L << one.number();
        }
        return bits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Measures measures
                && counts == measures.counts
                && present == measures.present
                && Arrays.equals(values, measures.values);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(counts) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return counts() + " " + values();
    }
}
