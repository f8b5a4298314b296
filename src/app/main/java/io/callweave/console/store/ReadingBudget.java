package io.callweave.console.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How much of the processor one may take to read: who has read little lately more than who reads all the time. Thread-safe. */
final class ReadingBudget {

    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Of the longest, in a period. */
    private static final int IN_A_PERIOD = 2;

    /** Of the longest, for who has taken that: a wallboard of 5,000 queues needs two to three seconds. */
    private static final double LEAST = 0.5;

    private final long longest;
    private final LongSupplier nanoTime;
    private final Map<String, Long> taken = new HashMap<>();
    private long began;

    /** @param longest for one question, in nanoseconds */
    ReadingBudget(long longest, LongSupplier nanoTime) {
        this.longest = longest;
        this.nanoTime = nanoTime;
        began = nanoTime.getAsLong();
    }

    /** What one question may take now, in nanoseconds. */
    synchronized long most(Set<String> accounts) {
        long now = nanoTime.getAsLong();
        if (now - began > PERIOD_NANOS) {
            taken.clear();
            began = now;
        }
        long most = accounts.stream()
                .mapToLong(account -> taken.getOrDefault(account, 0L))
                .max()
                .orElse(0);
        return Math.max((long) (LEAST * longest), Math.min(longest, IN_A_PERIOD * longest - most));
    }

    /** Counts what a question took for each account of who asked. */
    synchronized void took(Set<String> accounts, long nanos) {
        accounts.forEach(account -> taken.merge(account, nanos, Long::sum));
    }
}
