package io.callweave.platform.delivery;

import io.callweave.simulation.delivery.DeliveryFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What goes wrong on the way: for a share of all notifications, or for the next ones on demand. */
public final class FeedFaults {

    private static final Duration LONGEST_BETWEEN_COPIES = Duration.ofSeconds(2);
    private static final Duration LATE_SHORTEST = Duration.ofMinutes(5);
    private static final Duration LATE_LONGEST = Duration.ofMinutes(30);

    private final SplittableRandom random;
    private DeliveryFaults shares;
    private int dropNext;
    private int duplicateNext;

    public FeedFaults(long seed, DeliveryFaults shares) {
        this.random = new SplittableRandom(seed);
        this.shares = shares;
    }

    public synchronized void shares(DeliveryFaults newShares) {
        shares = newShares;
    }

    /** This many of the next deliveries never arrive. */
    public synchronized void dropNext(int count) {
        dropNext = count;
    }

    /** This many of the next deliveries arrive twice. */
    public synchronized void duplicateNext(int count) {
        duplicateNext = count;
    }

    /** When a delivery arrives, from now: never, once or twice. */
    synchronized List<Duration> arrivals() {
        if (dropNext > 0) {
            dropNext--;
            return List.of();
        }
        if (chance(shares.dropped())) {
            return List.of();
        }
        Duration delay = upTo(shares.shuffled());
        if (chance(shares.late())) {
            delay = delay.plus(LATE_SHORTEST).plus(upTo(LATE_LONGEST.minus(LATE_SHORTEST)));
        }
        List<Duration> arrivals = new ArrayList<>(List.of(delay));
        if (duplicateNext > 0) {
            duplicateNext--;
            arrivals.add(delay);
        } else if (chance(shares.duplicated())) {
            arrivals.add(delay.plus(upTo(LONGEST_BETWEEN_COPIES)));
        }
        return arrivals;
    }

    private boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private Duration upTo(Duration longest) {
        return longest.isZero() ? longest : Duration.ofMillis(random.nextLong(longest.toMillis() + 1));
    }
}
