package io.callweave.metrics;

import java.util.Arrays;

/**
 * How many values are in each of a fixed set of ranges. Up to 127, each value has a range of its own. Above that, each
 * power of two has 64 equal ranges, so a range is narrower than 1/64 of its values. Only ranges with values use memory.
 */
public final class Buckets {

    public static final Buckets EMPTY = new Buckets(new int[0], new long[0]);

    /** The number of ranges in a power of two. */
    private static final int RANGES = 64;

    private static final int BITS = 6;

    private final int[] indexes;
    private final long[] counts;

    private Buckets(int[] indexes, long[] counts) {
        this.indexes = indexes;
        this.counts = counts;
    }

    /**
     * Buckets with stored counts.
     *
     * @param indexes ascending
     * @param counts one for each index, never 0
     */
    public static Buckets of(int[] indexes, long[] counts) {
        return new Buckets(indexes.clone(), counts.clone());
    }

    public int size() {
        return indexes.length;
    }

    public int indexAt(int place) {
        return indexes[place];
    }

    public long countAt(int place) {
        return counts[place];
    }

    /** @throws IllegalStateException if a count would become negative */
    Buckets plus(int index, int more) {
        int place = Arrays.binarySearch(indexes, index);
        if (place < 0) {
            return inserted(-place - 1, index, more);
        }
        long count = counts[place] + more;
        if (count == 0) {
            return without(place);
        }
        long[] changed = counts.clone();
        changed[place] = count;
        return new Buckets(indexes, changed);
    }

    private Buckets inserted(int place, int index, int count) {
        if (count < 0) {
            throw new IllegalStateException("A value is taken out of a window that it was never added to.");
        }
        int[] moreIndexes = Arrays.copyOf(indexes, indexes.length + 1);
        long[] moreCounts = Arrays.copyOf(counts, counts.length + 1);
        System.arraycopy(indexes, place, moreIndexes, place + 1, indexes.length - place);
        System.arraycopy(counts, place, moreCounts, place + 1, counts.length - place);
        moreIndexes[place] = index;
        moreCounts[place] = count;
        return new Buckets(moreIndexes, moreCounts);
    }

    private Buckets without(int place) {
        int[] fewerIndexes = Arrays.copyOf(indexes, indexes.length - 1);
        long[] fewerCounts = Arrays.copyOf(counts, counts.length - 1);
        System.arraycopy(indexes, place + 1, fewerIndexes, place, fewerIndexes.length - place);
        System.arraycopy(counts, place + 1, fewerCounts, place, fewerCounts.length - place);
        return new Buckets(fewerIndexes, fewerCounts);
    }

    /**
     * The largest value of the range that contains the value of this rank.
     *
     * @param rank from 1 to the number of all values, by size
     */
    long valueAt(long rank) {
        long seen = 0;
        for (int i = 0; i < indexes.length; i++) {
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

    private static long largestOf(int index) {
        int shift = Math.max(0, index / RANGES - 1);
        long inPower = index - (long) shift * RANGES;
        return ((inPower + 1) << shift) - 1;
    }
}
