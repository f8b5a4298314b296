package io.callweave.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Which calls the service level is a share of, and which of these were answered in time. The windows and the report ask
 * only this class; docs/figures.md has the formulas.
 *
 * @param thresholdMs the longest wait that is in time, in milliseconds
 * @param shortAbandonMs a caller who gives up earlier does not count, in milliseconds; with 0 all count
 */
public record ServiceLevel(long thresholdMs, long shortAbandonMs) {

    /**
     * Whether the call counts.
     *
     * @param outgoing whether the account called somebody outside
     * @param waitedMs how long it waited until it was answered or given up, in milliseconds
     */
    public boolean counts(Count outcome, boolean outgoing, long waitedMs) {
        return !outgoing
                && switch (outcome) {
                    case ANSWERED, MISSED -> true;
                    case ABANDONED -> !isShort(waitedMs);
                    default -> false;
                };
    }

    /** Whether a call that was abandoned after this time is left out. */
    public boolean isShort(long waitedMs) {
        return waitedMs < shortAbandonMs;
    }

    /**
     * Whether a call that counts was answered in time.
     *
     * @param timeToAnswerMs null if it is not known
     */
    public boolean isInTime(Count outcome, @Nullable Long timeToAnswerMs) {
        return outcome == Count.ANSWERED && timeToAnswerMs != null && timeToAnswerMs <= thresholdMs;
    }
}
