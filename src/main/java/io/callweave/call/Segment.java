package io.callweave.call;

import org.jspecify.annotations.Nullable;

/** A status of a party and how long it lasted, in milliseconds since the epoch; never less than nothing. */
public record Segment(String status, @Nullable String reason, long startTime, long endTime) {

    public long durationMs() {
        return endTime - startTime;
    }

    Interval interval() {
        return new Interval(startTime, endTime);
    }
}
