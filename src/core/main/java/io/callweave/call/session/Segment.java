package io.callweave.call.session;

import org.jspecify.annotations.Nullable;

/** A status of a party and how long it lasted, in milliseconds since the epoch. The end is never before the start. */
public record Segment(String status, @Nullable String reason, long startTime, long endTime) {

    public long durationMs() {
        return endTime - startTime;
    }

    public Interval interval() {
        return new Interval(startTime, endTime);
    }
}
