package io.callweave.call;

/** Time from {@code start} to {@code end} in milliseconds; one that would end before it begins is empty, at its start. */
record Interval(long start, long end) {

    Interval {
        end = Math.max(start, end);
    }

    long length() {
        return end - start;
    }
}
