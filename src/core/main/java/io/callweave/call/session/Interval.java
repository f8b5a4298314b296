package io.callweave.call.session;

/** Time from {@code start} to {@code end} in milliseconds. If the end is before the start, the interval is empty. */
public record Interval(long start, long end) {

    public Interval {
        end = Math.max(start, end);
    }

    public long length() {
        return end - start;
    }
}
