package io.callweave.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one figure. You can add a value and remove it again. Count and sum are exact, and so is the largest
 * value while it {@linkplain #isMaxKnown() is known}. Percentiles come from {@link Buckets}.
 *
 * <p>No structure of bounded size can know the largest value after any number of removals. This one keeps the
 * {@value #KEPT} largest. When all of these are removed, it must be rebuilt from the calls. It changes in place, because
 * a copy for each call would cost more than the rest.
 */
public final class Distribution {

    public static final int KEPT = 8;

    private static final long[] NONE = {};

    private long count;
    private long sum;

    /** The largest values, descending; all values while they are few. */
    private long[] largest = NONE;

    private int known;

    /** Null while all values are {@linkplain #isComplete known}: then they say all that buckets would. */
    private @Nullable Buckets buckets;

    /** Without values. */
    public Distribution() {}

    /**
     * A distribution with stored values.
     *
     * @param largest descending; taken over
     */
    public static Distribution of(long count, long sum, long[] largest, Buckets buckets) {
        Distribution all = new Distribution();
        all.count = count;
        all.sum = sum;
        all.largest = largest;
        all.known = largest.length;
        all.buckets = buckets;
        return all;
    }

    /**
     * A distribution of a few known values.
     *
     * @param values descending, at most {@value #KEPT}; taken over
     */
    public static Distribution of(long[] values) {
        Distribution all = new Distribution();
        all.largest = values;
        all.known = values.length;
        all.count = values.length;
        for (long value : values) {
            all.sum += value;
        }
        return all;
    }

    public long count() {
        return count;
    }

    public long sum() {
        return sum;
    }

    /** Call this only if not all values are {@linkplain #isComplete known}. */
    public Buckets buckets() {
        if (buckets == null) {
            throw new IllegalStateException("All values are known.");
        }
        return buckets;
    }

    /** How many of the largest values are known. */
    public int known() {
        return known;
    }

    /** The largest values that are known, descending from place 0. */
    public long largest(int place) {
        return largest[place];
    }

    /** Whether every value is among the {@link #largest}. */
    public boolean isComplete() {
        return known == count;
    }

    public boolean isMaxKnown() {
        return count == 0 || known > 0;
    }

    public void add(long value) {
        boolean complete = isComplete();
        if (complete && known == KEPT) {
            buckets = new Buckets(2 * KEPT);
            for (int i = 0; i < known; i++) {
                buckets.add(Buckets.index(largest[i]));
            }
        }
        if (buckets != null) {
            buckets.add(Buckets.index(value));
        }
        if (complete || (known > 0 && value >= largest[known - 1])) {
            keep(value);
        }
        count++;
        sum += value;
    }

    /**
     * Takes such a value out.
     *
     * @throws IllegalStateException if there is none
     */
    public void remove(long value) {
        int place = 0;
        while (place < known && largest[place] != value) {
            place++;
        }
        if (place == known && isComplete()) {
            throw missing();
        }
        if (buckets != null) {
            buckets.remove(Buckets.index(value));
        }
        if (place < known) {
            known--;
            System.arraycopy(largest, place + 1, largest, place, known - place);
        }
        count--;
        sum -= value;
        if (isComplete()) {
            buckets = null;
        }
    }

    /** Rounded half up. Call this only if there are values. */
    public long average() {
        return Math.floorDiv(2 * sum + count, 2 * count);
    }

    /** Call this only if there are values. If the largest value is not known, the result is a little too large. */
    public long max() {
        return known > 0 ? largest[0] : buckets().valueAt(count);
    }

    /**
     * The percentile by nearest rank, less than 1/64 too large. Call this only if there are values.
     *
     * @param percent from 1 to 100
     */
    public long percentile(int percent) {
        long rank = Math.floorDiv(percent * count + 99, 100);
        return Math.min(valueAt(rank), max());
    }

    /** What the buckets say; without them, what they would say. */
    private long valueAt(long rank) {
        return buckets == null
                ? Buckets.largestOf(Buckets.index(largest[(int) (count - rank)]))
                : buckets.valueAt(rank);
    }

    private void keep(long value) {
        int place = known;
        while (place > 0 && largest[place - 1] < value) {
            place--;
        }
        if (place == KEPT) {
            return;
        }
        if (known == largest.length && known < KEPT) {
            largest = Arrays.copyOf(largest, Math.min(KEPT, Math.max(1, 2 * known)));
        }
        known = Math.min(KEPT, known + 1);
        System.arraycopy(largest, place, largest, place + 1, known - place - 1);
        largest[place] = value;
    }

    static IllegalStateException missing() {
        return new IllegalStateException("A value is taken out of a window that it was never added to.");
    }
}
