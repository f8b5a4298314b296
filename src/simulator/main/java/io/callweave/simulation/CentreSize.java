package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * The size of the traffic.
 *
 * @param seed decides all random choices
 * @param accounts how many contact centres, each an account of its own
 * @param seats agents in each
 * @param from the earliest start of a call
 * @param span the time in which calls begin; each runs to its end
 * @param alwaysBusy whether every hour is as busy as the busiest one; else nights and weekends are quiet
 * @param queues how queues appear
 */
public record CentreSize(
        long seed, int accounts, int seats, Instant from, Duration span, boolean alwaysBusy, QueueMix queues) {

    /** The most that account ids, and the extension numbers of seats, allow. */
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

    /** With queues in all forms. */
    public CentreSize(long seed, int accounts, int seats, Instant from, Duration span, boolean alwaysBusy) {
        this(seed, accounts, seats, from, span, alwaysBusy, QueueMix.DEFAULT);
    }

    public CentreSize with(QueueMix newQueues) {
        return new CentreSize(seed, accounts, seats, from, span, alwaysBusy, newQueues);
    }

    /** With quiet nights and weekends. */
    public CentreSize(long seed, int accounts, int seats, Instant from, Duration span) {
        this(seed, accounts, seats, from, span, false);
    }
}
