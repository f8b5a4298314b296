package io.callweave.bridge.activity;

/**
 * Tells when an account is silent for longer than usual: so many notifications that would usually have come did not, and
 * some time has passed. Blacklisting by RingCentral looks like a quiet afternoon otherwise. Thread-safe.
 */
final class SilenceWatch {

    private final WeeklyExpectation expectation;
    private final SilenceLimits limits;
    private final long afterMs;
    private long watchedSince;
    private long last;
    private long hourStart;
    private long inHour;
    private boolean silent;
    private boolean wasSilentInHour;

    SilenceWatch(WeeklyExpectation expectation, SilenceLimits limits, long now) {
        this.expectation = expectation;
        this.limits = limits;
        this.afterMs = limits.after().toMillis();
        watchedSince = now;
        last = now;
        hourStart = hourOf(now);
    }

    /** A notification came. */
    synchronized void heard(long now) {
        tick(now);
        inHour++;
        last = Math.max(last, now);
        silent = false;
    }

    /** Somebody else hears the account now: its silence here means nothing, and nothing is learned. */
    synchronized void pause(long now) {
        watchedSince = now;
        last = Math.max(last, now);
        hourStart = hourOf(now);
        inHour = 0;
        silent = false;
        wasSilentInHour = false;
    }

    /** Time goes on; hours that are over are learned. */
    synchronized void tick(long now) {
        long current = hourOf(now);
        if (current > hourStart) {
            // Whole hours only; and an outage must not become what is usual. After a pause of the machine, only the
            // first.
            if (watchedSince <= hourStart && !wasSilentInHour) {
                expectation.learn(hourStart, inHour);
            }
            if (current > hourStart + WeeklyExpectation.HOUR_MS) {
                watchedSince = now;
            }
            hourStart = current;
            inHour = 0;
            wasSilentInHour = false;
        }
        silent = limits.on() && now - last >= afterMs && expectation.expectedBetween(last, now) >= limits.missing();
        wasSilentInHour |= silent;
    }

    synchronized boolean silent() {
        return silent;
    }

    /** The receipt of the last notification, or the start of the watch. */
    synchronized long last() {
        return last;
    }

    /** What is usual in this hour; NaN if it is not known. */
    synchronized double expectedPerHour(long now) {
        return expectation.expectedAt(now);
    }

    synchronized double[] learned() {
        return expectation.perHour();
    }

    private static long hourOf(long now) {
        return Math.floorDiv(now, WeeklyExpectation.HOUR_MS) * WeeklyExpectation.HOUR_MS;
    }
}
