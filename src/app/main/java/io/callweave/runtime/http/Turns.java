package io.callweave.runtime.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only some do costly work at a time, and of each tenant fewer, so that one tenant cannot take all places. The next
 * turn has who waits of the tenant with the fewest turns, and of those the first. Who waits for too long is sent away, or at
 * once if many of the tenant wait: each takes a thread. Thread-safe.
 */
public final class Turns {

    /** Of one tenant. A page asks for a few things at the same time. */
    static final int MOST_WAITING = 8;

    private final int atOnce;
    private final int ofOne;
    private final long patienceNanos;
    private final Supplier<? extends RuntimeException> busy;
    private final List<Waiter> waiting = new ArrayList<>();
    private final Map<Object, Integer> turns = new HashMap<>();

    /** Compared by identity. */
    private static final class Waiter {

        private final Object tenant;

        private Waiter(Object tenant) {
            this.tenant = tenant;
        }
    }

    /**
     * Nobody works yet.
     *
     * @param ofOne how many of {@code atOnce} a tenant can have
     * @param busy who is sent away gets this
     */
    public Turns(int atOnce, int ofOne, Duration patience, Supplier<? extends RuntimeException> busy) {
        this.atOnce = atOnce;
        this.ofOne = ofOne;
        patienceNanos = patience.toNanos();
        this.busy = busy;
    }

    /** Does the work when it is its turn. */
    public <T> T take(Object tenant, Supplier<T> work) {
        begin(new Waiter(tenant));
        try {
            return work.get();
        } finally {
            end(tenant);
        }
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized void begin(Waiter me) {
        if (waiting.stream().filter(each -> each.tenant.equals(me.tenant)).count() >= MOST_WAITING) {
            throw busy.get();
        }
        waiting.add(me);
        try {
            long deadline = System.nanoTime() + patienceNanos;
            while (!isNext(me)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw busy.get();
                }
                wait(left);
            }
            turns.merge(me.tenant, 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy.get();
        } finally {
            waiting.remove(me);
            notifyAll();
        }
    }

    private synchronized void end(Object tenant) {
        turns.computeIfPresent(tenant, (same, has) -> has > 1 ? has - 1 : null);
        notifyAll();
    }

    private boolean isNext(Waiter me) {
        return turns.values().stream().mapToInt(Integer::intValue).sum() < atOnce
                && waiting.stream()
                        .filter(each -> turnsOf(each) < ofOne)
                        .min(Comparator.comparingInt(this::turnsOf))
                        .filter(first -> first == me)
                        .isPresent();
    }

    private int turnsOf(Waiter waiter) {
        return turns.getOrDefault(waiter.tenant, 0);
    }
}
