package io.callweave.deliver.activity;

import io.callweave.deliver.Outcome;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** How the posts to one endpoint ended since the start of this instance. Thread-safe. */
public final class EndpointFigures {

    private static final long MOST_MS = Duration.ofMinutes(10).toMillis();
    private static final int DIGITS = 2;

    private final Histogram times = new Histogram(MOST_MS, DIGITS);
    private long delivered;
    private long failed;
    private String last = "";
    private String lastFailure = "";

    /**
     * At a moment.
     *
     * @param p50Ms of attempts that delivered
     * @param last how the last attempt ended; empty if there was none
     */
    public record Snapshot(long delivered, long failed, long p50Ms, long p99Ms, String last, String lastFailure) {

        /** Whether the last attempt did not deliver. */
        public boolean isFailing() {
            return !last.isEmpty() && last.equals(lastFailure);
        }
    }

    synchronized void ended(Outcome outcome) {
        last = outcome.detail();
        if (outcome.kind() == Outcome.Kind.DELIVERED) {
            delivered++;
            times.recordValue(Math.min(MOST_MS, outcome.took().toMillis()));
        } else {
            failed++;
            lastFailure = outcome.detail();
        }
    }

    /** As it is now. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(
                delivered, failed, times.getValueAtPercentile(50), times.getValueAtPercentile(99), last, lastFailure);
    }
}
