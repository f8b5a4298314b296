package io.callweave.runtime.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds each of many to its rate; two seconds' worth may come at once. Thread-safe. */
public final class RateLimit {

    private static final int BURST_SECONDS = 2;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();

    public RateLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Whether one more may come now; if so it counts.
     *
     * @param of whose rate it is; one of some that are known, as each is kept
     */
    public boolean admit(String of, int ratePerSecond) {
        return buckets.computeIfAbsent(of, id -> new Bucket()).take(ratePerSecond, nanoTime.getAsLong());
    }

    /** Whether one may come now; it counts once it is {@linkplain #charge charged}. */
    public boolean allows(String of, int ratePerSecond) {
        return buckets.computeIfAbsent(of, id -> new Bucket()).left(ratePerSecond, nanoTime.getAsLong()) >= 1;
    }

    /** Counts more for what was admitted last, as soon as it is known: those that follow wait longer. */
    public void charge(String of, int more) {
        buckets.computeIfPresent(of, (id, bucket) -> bucket.charged(more));
    }

    private static final class Bucket {

        /** Not yet filled. */
        private double left = Double.POSITIVE_INFINITY;

        private long at;

        private synchronized Bucket charged(int more) {
            left -= more;
            return this;
        }

        private synchronized boolean take(int rate, long now) {
            if (left(rate, now) < 1) {
                return false;
            }
            left--;
            return true;
        }

        private synchronized double left(int rate, long now) {
            double most = (double) rate * BURST_SECONDS;
            left = Math.min(most, left + (now - at) / NANOS * rate);
            at = now;
            return left;
        }
    }
}
