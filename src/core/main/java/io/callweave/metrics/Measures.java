package io.callweave.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call adds to a window: one to some counts, more to those of the service level, and values in milliseconds to the
 * figures that the call has.
 */
public final class Measures {

    private static final Count[] COUNTS = Count.values();
    private static final Figure[] FIGURES = Figure.values();
    private static final int COUNTED = Count.COUNTED.number();
    private static final int WITHIN = Count.ANSWERED_WITHIN.number();

    /** A bit for each count, at the place of its number. */
    private final long counts;

    /** How often it counts in {@link Count#COUNTED}, and in {@link Count#ANSWERED_WITHIN}. */
    private final int counted;

    private final int within;

    /** The same for each figure that has a value. */
    private final long present;

    /** By the numbers of figures. */
    private final long[] values;

    /** The {@link RecordDigest} of the record; 0 where {@link Count#RECORDS} is 0. */
    private final long digest;

    private Measures(long counts, int counted, int within, long present, long[] values, long digest) {
        this.counts = counts;
        this.counted = counted;
        this.within = within;
        this.present = present;
        this.values = values;
        this.digest = digest;
    }

    /** @param values in milliseconds; a figure that the call does not have is left out */
    public Measures(Set<Count> counts, Map<Figure, Long> values) {
        this(
                bits(counts),
                counts.contains(Count.COUNTED) ? 1 : 0,
                counts.contains(Count.ANSWERED_WITHIN) ? 1 : 0,
                bits(values.keySet()),
                new long[FIGURES.length],
                0);
        values.forEach((figure, value) -> this.values[figure.number()] = value);
    }

    /**
     * Measures with stored values.
     *
     * @param counts a bit for each that is not 0, at the place of its number
     * @param counted how often it counts for the service level
     * @param within how often of these it was answered in time
     * @param present a bit for each figure that has a value
     * @param values by the numbers of figures, 0 for one without; taken over
     */
    public static Measures of(long counts, int counted, int within, long present, long[] values) {
        return new Measures(counts, counted, within, present, values, 0);
    }

    /** These, marked as those of a partial call. */
    Measures asPartial() {
        return new Measures(counts | 1L << Count.PARTIAL.number(), counted, within, present, values, digest);
    }

    /** These with another service level: so often it counts, and so often of these it was answered in time. */
    Measures withLevel(int timesCounted, int timesWithin) {
        long others = counts & ~(1L << COUNTED) & ~(1L << WITHIN);
        long level = (timesCounted > 0 ? 1L << COUNTED : 0) | (timesWithin > 0 ? 1L << WITHIN : 0);
        return new Measures(others | level, timesCounted, timesWithin, present, values, digest);
    }

    /** These, and a record. */
    Measures withRecord(long ofRecord) {
        return new Measures(counts | 1L << Count.RECORDS.number(), counted, within, present, values, ofRecord);
    }

    /** How often the call counts in the count with this number. */
    public int times(int count) {
        if (count == COUNTED) {
            return counted;
        }
        return count == WITHIN ? within : (int) (counts >>> count & 1);
    }

    /** Whether there is a value of the figure with this number. */
    public boolean hasValue(int figure) {
        return (present & 1L << figure) != 0;
    }

    /** In milliseconds; 0 if there is none. */
    public long value(int figure) {
        return values[figure];
    }

    /** The {@link RecordDigest} of the record that it adds; 0 if it adds none. */
    public long digest() {
        return digest;
    }

    /** A bit for each count that is not 0, at the place of its number. */
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
            if (times(count.number()) > 0) {
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
                && counted == measures.counted
                && within == measures.within
                && present == measures.present
                && digest == measures.digest
                && Arrays.equals(values, measures.values);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(counts ^ digest) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return counts() + " " + values();
    }
}
