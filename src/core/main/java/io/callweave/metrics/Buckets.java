package io.callweave.metrics;

import java.util.Arrays;

/**
 * How many values are in each of a fixed set of ranges. Up to 127, each value has a range of its own. Above that, each
 * power of two has 64 equal ranges, so a range is narrower than 1/64 of its values. Only ranges with values use memory.
 */
public final class Buckets {

    /** The number of ranges in a power of two. */
    private static final int RANGES = 64;

    private static final int BITS = 6;

    private int[] indexes;
    private long[] counts;
    private int size;

    /** @param expected how many ranges it will have */
    Buckets(int expected) {
        indexes = new int[expected];
        counts = new long[expected];
    }

    private Buckets(int[] indexes, long[] counts) {
        this.indexes = indexes;
        this.counts = counts;
        this.size = indexes.length;
    }

    /**
     * Buckets with stored counts.
     *
     * @param indexes ascending; taken over
     * @param counts one for each index, never 0; taken over
     */
    public static Buckets of(int[] indexes, long[] counts) {
        return new Buckets(indexes, counts);
    }

    public int size() {
        return size;
    }

    public int indexAt(int place) {
        return indexes[place];
    }

    public long countAt(int place) {
        return counts[place];
    }

    void add(int index) {
        int place = Arrays.binarySearch(indexes, 0, size, index);
        if (place >= 0) {
            counts[place]++;
            return;
        }
        int free = -place - 1;
        if (size == indexes.length) {
            int capacity = Math.max(4, size + (size >> 1));
            indexes = Arrays.copyOf(indexes, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
        System.arraycopy(indexes, free, indexes, free + 1, size - free);
        System.arraycopy(counts, free, counts, free + 1, size - free);
        indexes[free] = index;
        counts[free] = 1;
        size++;
    }

    /** @throws IllegalStateException if there is no such value */
    void remove(int index) {
        int place = Arrays.binarySearch(indexes, 0, size, index);
        if (place < 0) {
            throw Distribution.missing();
        }
        if (--counts[place] == 0) {
            size--;
            System.arraycopy(indexes, place + 1, indexes, place, size - place);
            System.arraycopy(counts, place + 1, counts, place, size - place);
        }
    }

    /**
     * The largest value of the range that contains the value of this rank.
     *
     * @param rank from 1 to the number of all values, by size
     */
    long valueAt(long rank) {
        long seen = 0;
        for (int i = 0; i < size; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return largestOf(indexes[i]);
            }
        }
        throw new IllegalArgumentException("There are " + seen + " values, and no number " + rank + ".");
    }

    /** @param value 0 or more */
    static int index(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - BITS);
        return shift * RANGES + (int) (value >>> shift);
    }

    /** The largest value of a range. */
    static long largestOf(int index) {
        int shift = Math.max(0, index / RANGES - 1);
        long inPower = index - (long) shift * RANGES;
        return ((inPower + 1) << shift) - 1;
    }
}
