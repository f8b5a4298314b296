package io.callweave.bridge.webhook;

import io.callweave.bridge.account.Account;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds each account to its rate; two seconds' worth may come at once. Thread-safe. */
final class RateLimit {

    private static final int BURST_SECONDS = 2;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether one more may come now; if so it counts. */
    boolean admit(Account account) {
        return buckets.computeIfAbsent(account.id(), id -> new Bucket())
                .take(account.ratePerSecond(), nanoTime.getAsLong());
    }

    private static final class Bucket {

        /** Not yet filled. */
        private double left = -1;

        private long at;

        private synchronized boolean take(int rate, long now) {
            double most = (double) rate * BURST_SECONDS;
            left = left < 0 ? most : Math.min(most, left + (now - at) / NANOS * rate);
            at = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }
    }
}
