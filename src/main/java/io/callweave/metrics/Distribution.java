package io.callweave.metrics;

import java.util.Arrays;

/**
 * The values of one figure. You can add a value and subtract it again. Count and sum are exact, and so is the largest
 * value while it {@linkplain #isMaxKnown() is known}. Percentiles come from {@link Buckets}.
 *
 * <p>No structure of bounded size can know the largest value after any number of subtractions. This one keeps the
 * {@value #KEPT} largest. When all of these are subtracted, it must be rebuilt from the calls.
 */
public final class Distribution {

    public static final int KEPT = 8;

    public static final Distribution EMPTY = new Distribution(0, 0, new long[0], Buckets.EMPTY);

    private final long count;
    private final long sum;

    /** The largest values, descending; all values while they are few. */
    private final long[] largest;

    private final Buckets buckets;

    private Distribution(long count, long sum, long[] largest, Buckets buckets) {
        this.count = count;
        this.sum = sum;
        this.largest = largest;
        this.buckets = buckets;
    }

    /**
     * A distribution with stored values.
     *
     * @param largest descending
     */
    public static Distribution of(long count, long sum, long[] largest, Buckets buckets) {
        return new Distribution(count, sum, largest.clone(), buckets);
    }

    /** A distribution of a few known values. */
    public static Distribution of(long[] values) {
        Distribution all = EMPTY;
        for (long value : values) {
            all = all.plus(value);
        }
        return all;
    }

    public long count() {
        return count;
    }

    public long sum() {
        return sum;
    }

    public Buckets buckets() {
        return buckets;
    }

    /** The largest values that are known, descending. */
    public long[] largest() {
        return largest.clone();
    }

    /** Whether every value is among the {@link #largest()}. */
    public boolean isComplete() {
        return largest.length == count;
    }

    public boolean isMaxKnown() {
        return count == 0 || largest.length > 0;
    }

    public Distribution plus(long value) {
        boolean isLarge = isComplete() || (largest.length > 0 && value >= largest[largest.length - 1]);
        return new Distribution(
                count + 1, sum + value, isLarge ? inserted(value) : largest, buckets.plus(Buckets.index(value), 1));
    }

    /**
     * The distribution without one such value.
     *
     * @throws IllegalStateException if there is none
     */
    public Distribution minus(long value) {
        return new Distribution(count - 1, sum - value, removed(value), buckets.plus(Buckets.index(value), -1));
    }

    /** Rounded half up. Call this only if there are values. */
    public long average() {
        return Math.floorDiv(2 * sum + count, 2 * count);
    }

    /** Call this only if there are values. If the largest value is not known, the result is a little too large. */
    public long max() {
        return largest.length > 0 ? largest[0] : buckets.valueAt(count);
    }

    /**
     * The percentile by nearest rank, less than 1/64 too large. Call this only if there are values.
     *
     * @param percent from 1 to 100
     */
    public long percentile(int percent) {
        long rank = Math.floorDiv(percent * count + 99, 100);
        return Math.min(buckets.valueAt(rank), max());
    }

    private long[] inserted(long value) {
        int place = largest.length;
        while (place > 0 && largest[place - 1] < value) {
            place--;
        }
        if (place == KEPT) {
            return largest;
        }
        long[] more = Arrays.copyOf(largest, Math.min(KEPT, largest.length + 1));
        System.arraycopy(largest, place, more, place + 1, more.length - place - 1);
        more[place] = value;
        return more;
    }

    private long[] removed(long value) {
        for (int i = 0; i < largest.length; i++) {
            if (largest[i] == value) {
                long[] fewer = Arrays.copyOf(largest, largest.length - 1);
                System.arraycopy(largest, i + 1, fewer, i, fewer.length - i);
                return fewer;
            }
        }
        return largest;
    }
}
