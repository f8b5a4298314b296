package io.callweave.bridge.spool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a record waits for Kafka's acknowledgement before it goes to the disk: several times as long as acknowledgements took
 * lately. So a webhook is answered soon when brokers go away, and records do not reach Kafka twice because brokers are slow. Only
 * for the sender's thread. All times are in nanoseconds, those of moments as from {@link System#nanoTime}.
 */
final class AcknowledgementWait {

    /** A pause of a broker's garbage collector is no outage. */
    private static final Duration LEAST = Duration.ofMillis(150);

    /** Without enough acknowledgements to know: as after a start, or at night, when connections have to be made again. */
    private static final Duration UNKNOWN = Duration.ofMillis(400);

    /** A look that comes this late says that this process, or its machine, stood still. */
    private static final long ASLEEP = Duration.ofMillis(80).toNanos();

    private static final int ENOUGH = 100;
    private static final int TIMES = 5;
    private static final long BUCKET = Duration.ofSeconds(10).toNanos();
    private static final long CALMED = Duration.ofMinutes(1).toNanos();

    private final long most;
    private long least;
    private long leastSince;
    private Bucket current;
    private Bucket previous;
    private long lookedAt;
    private long awakeAt;
    private @Nullable Long overdue;
    private long overdueSince;

    /** What was seen in some seconds. */
    private record Bucket(long since, int count, long longest) {

        Bucket with(long took) {
            return new Bucket(since, count + 1, Math.max(longest, took));
        }
    }

    /** @param most that a record waits in any case */
    AcknowledgementWait(Duration most, long now) {
        this.most = most.toNanos();
        least = LEAST.toNanos();
        leastSince = now;
        current = new Bucket(now, 0, 0);
        previous = current;
        lookedAt = now;
        awakeAt = now;
    }

    /**
     * Whether the oldest record has waited too long. After this process stood still, acknowledgements may lie there unread for a
     * moment; where it stands still again and again, as with little CPU, no more than that moment is granted.
     *
     * @param taken when the oldest record was taken; null if there is none
     * @param atMost how long it may wait
     */
    boolean isTooLong(@Nullable Long taken, long atMost, long now) {
        if (now - lookedAt > ASLEEP) {
            awakeAt = now;
        }
        lookedAt = now;
        if (taken == null || now - taken <= atMost) {
            overdue = null;
            return false;
        }
        if (!taken.equals(overdue)) {
            overdue = taken;
            overdueSince = now;
        }
        return now - awakeAt > ASLEEP || now - overdueSince > ASLEEP;
    }

    /** Kafka has acknowledged a record. */
    void acknowledged(long took, long now) {
        turn(now);
        current = current.with(took);
    }

    /** It was too long. If brokers are only slow, twice the time may do; after a minute without that, half of it. */
    void exhausted(long now) {
        least = Math.min(most, 2 * atMost(now));
        leastSince = now;
    }

    /** How long a record waits now. */
    long atMost(long now) {
        turn(now);
        boolean known = current.count + previous.count >= ENOUGH;
        long usual = known ? TIMES * Math.max(current.longest, previous.longest) : UNKNOWN.toNanos();
        return Math.min(most, Math.max(least, usual));
    }

    private void turn(long now) {
        if (now - current.since >= BUCKET) {
            previous = now - current.since < 2 * BUCKET ? current : new Bucket(now, 0, 0);
            current = new Bucket(now, 0, 0);
        }
        while (least > LEAST.toNanos() && now - leastSince >= CALMED) {
            least = Math.max(LEAST.toNanos(), least / 2);
            leastSince += CALMED;
        }
    }
}
