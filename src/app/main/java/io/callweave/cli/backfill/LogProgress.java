package io.callweave.cli.backfill;

import io.callweave.audit.LogEntry;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.words.Lengths;

/**
 * How long the reading of a Call Log takes. RingCentral does not say how many records there are. INFER: they come in the order
 * of time, or in its opposite, so what was read tells how many the rest of the period has.
 */
final class LogProgress {

    /** What the reader leaves to itself of RingCentral's 10 requests of 1,000 records a minute. */
    static final long RECORDS_A_MINUTE = 7_000;

    private static final double MINUTE_MS = 60_000;

    private final FeedGapJson.Span period;
    private long read;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    LogProgress(FeedGapJson.Span period) {
        this.period = period;
    }

    void take(LogEntry entry) {
        read++;
        earliest = Math.min(earliest, entry.startTime());
        latest = Math.max(latest, entry.startTime());
    }

    /** How many records. */
    long read() {
        return read;
    }

    /** In milliseconds. */
    long left() {
        double seen = Math.max(1, latest - earliest);
        double unseen = Math.max(0, period.to() - period.from() - seen);
        return Math.round(read * unseen / seen / RECORDS_A_MINUTE * MINUTE_MS);
    }

    /** Such as "1000 records read, some 14 min left". */
    @Override
    public String toString() {
        return read + " records read, some " + Lengths.of(left()) + " left";
    }
}
