package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * What traffic to make.
 *
 * @param seed decides everything
 * @param accounts how many contact centres, each an account of its own
 * @param seats agents in each
 * @param from when the first call may begin
 * @param span within which calls begin; each is told to its end
 * @param alwaysBusy whether every hour is as busy as the busiest one; else nights and weekends are quiet
 */
public record CentreSize(long seed, int accounts, int seats, Instant from, Duration span, boolean alwaysBusy) {

    /** What account ids, and the seats' extension numbers, have room for. */
    public static final int MOST_ACCOUNTS = 900;

    public static final int MOST_SEATS = 8_000;

    public CentreSize {
        if (accounts < 1 || accounts > MOST_ACCOUNTS) {
            throw new IllegalArgumentException(
                    "There can be 1 to " + MOST_ACCOUNTS + " accounts, not " + accounts + ".");
        }
        if (seats < 2 || seats > MOST_SEATS) {
            throw new IllegalArgumentException(
                    "A contact centre has 2 to " + MOST_SEATS + " seats, not " + seats + ".");
        }
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException("The time in which calls begin must be longer than nothing.");
        }
    }

    /** With quiet nights and weekends. */
    public CentreSize(long seed, int accounts, int seats, Instant from, Duration span) {
        this(seed, accounts, seats, from, span, false);
    }
}
