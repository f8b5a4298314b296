package io.callweave.report;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** SortedMillis in milliseconds, all kept, so percentiles are exact. Four bytes each. */
final class SortedMillis {

    private static final int PERCENT = 100;

    private int[] values = new int[16];
    private int size;
    private boolean sorted = true;

    /** @param millis at most 24 days are told apart */
    void add(long millis) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = (int) Math.min(Integer.MAX_VALUE, Math.max(0, millis));
        sorted = false;
    }

    /** By nearest rank; null if there are none. */
    @Nullable
    Long percentile(int percent) {
        if (size == 0) {
            return null;
        }
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        long rank = Math.floorDiv((long) percent * size + PERCENT - 1, (long) PERCENT);
        return (long) values[(int) Math.max(0, rank - 1)];
    }

    @Nullable
    Long longest() {
        return percentile(PERCENT);
    }
}
