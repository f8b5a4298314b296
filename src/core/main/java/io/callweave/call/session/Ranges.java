package io.callweave.call.session;

import java.util.ArrayList;
import java.util.List;

/** Closed ranges of sequence numbers. They are ranges because a sequence can be as high as 2^53 - 1. */
public record Ranges(List<Range> ranges) {

    /** From {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {}

    public Ranges {
        ranges = List.copyOf(ranges);
    }

    /**
     * The numbers from {@code from} to the highest of the given ones that are not among them. The given ones must be
     * sorted.
     */
    public static Ranges missingFrom(long from, long[] sorted) {
        List<Range> missing = new ArrayList<>();
        long next = from;
        for (long present : sorted) {
            if (present > next) {
                missing.add(new Range(next, present - 1));
            }
            next = Math.max(next, present + 1);
        }
        return new Ranges(missing);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }
}
