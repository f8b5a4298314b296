package io.callweave.deliver;

import java.time.Duration;

/**
 * How fast an endpoint is posted to. After a failure half as many posts run at the same time; after each success one more. After
 * three failures in a row, one post at a time probes the endpoint, with pauses that double up to five minutes. What waits
 * meanwhile uses up no attempts.
 *
 * @param limit how many posts may run at the same time
 * @param failures in a row
 * @param notBefore when the next post may start, in milliseconds since the epoch
 * @param failedAt when the last counted failure was; posts that ran at that time and fail too say nothing new
 */
public record EndpointPace(int limit, int failures, long notBefore, long failedAt) {

    static final int FAILURES_BEFORE_PAUSE = 3;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** The longest {@code Retry-After} that is respected. */
    static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private static final int MOST_DOUBLINGS = 20;

    /** The pace of an endpoint without any post yet. */
    public static EndpointPace unknown(int most) {
        return new EndpointPace(most, 0, 0, 0);
    }

    /** Whether a post may start. */
    public boolean allows(int running, long now) {
        return running < limit && now >= notBefore;
    }

    /** After a success; it also ends a {@code Retry-After}. */
    public EndpointPace succeeded(int most) {
        return new EndpointPace(Math.min(most, limit + 1), 0, 0, failedAt);
    }

    /**
     * After a failure.
     *
     * @param retryAfter what the endpoint asked for; zero if nothing
     * @param started when the post started, in milliseconds since the epoch
     */
    public EndpointPace failed(Duration retryAfter, long started, long now) {
        long asked = now + Math.min(LONGEST_RETRY_AFTER.toMillis(), retryAfter.toMillis());
        if (failures > 0 && started < failedAt) {
            return new EndpointPace(
                    limit, failures, retryAfter.isZero() ? notBefore : Math.max(notBefore, asked), failedAt);
        }
        int inARow = failures + 1;
        long pause = 0;
        if (inARow >= FAILURES_BEFORE_PAUSE) {
            int doublings = Math.min(MOST_DOUBLINGS, inARow - FAILURES_BEFORE_PAUSE);
            pause = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << doublings);
        }
        int slower = inARow >= FAILURES_BEFORE_PAUSE ? 1 : Math.max(1, limit / 2);
        return new EndpointPace(slower, inARow, Math.max(notBefore, Math.max(now + pause, asked)), now);
    }
}
