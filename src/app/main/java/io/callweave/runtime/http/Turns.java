package io.callweave.runtime.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets only some do costly work at a time, and of each account fewer, so that one cannot take all places. Work counts for every
 * account of who asks: several access tokens with some of the same accounts have one share. The next turn has who waits with
 * the fewest turns, and of those the first. Who waits for too long is sent away, or at once if many of an account wait: each
 * takes a thread. Thread-safe.
 */
public final class Turns {

    /** Has its turn for so long before others go first. */
    private static final long PART_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** Between looks whether the client is there, and whether others wait. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** For each turn, where nothing else is said: they keep their memory. */
    private static final int MOST_RESTING = 3;

    private final int atOnce;
    private final int ofOne;
    private final int mostWaiting;
    private final int mostResting;
    private final long patienceNanos;
    private final Supplier<? extends RuntimeException> busy;
    private final List<Waiter> waiting = new ArrayList<>();
    private final Map<String, Integer> turns = new HashMap<>();
    private int atWork;

    /** Compared by identity. */
    private static final class Waiter {

        private final Set<String> accounts;
        private final BooleanSupplier hasLeft;
        private long since;
        private long lookedAt;

        /** Others go first; its accounts still have its turn. */
        private boolean rests;

        private Waiter(Set<String> accounts, BooleanSupplier hasLeft) {
            this.accounts = accounts;
            this.hasLeft = hasLeft;
        }

        private boolean looks() {
            long now = System.nanoTime();
            if (now - lookedAt < LOOK_NANOS) {
                return false;
            }
            lookedAt = now;
            return true;
        }

        private boolean has(Waiter other) {
            return !Collections.disjoint(accounts, other.accounts);
        }
    }

    /**
     * Nobody works yet.
     *
     * @param ofOne how many of {@code atOnce} an account can have
     * @param mostWaiting of one account
     * @param busy who is sent away gets this
     */
    public Turns(int atOnce, int ofOne, int mostWaiting, Duration patience, Supplier<? extends RuntimeException> busy) {
        this(atOnce, ofOne, mostWaiting, MOST_RESTING * atOnce, patience, busy);
    }

    private Turns(
            int atOnce,
            int ofOne,
            int mostWaiting,
            int mostResting,
            Duration patience,
            Supplier<? extends RuntimeException> busy) {
        this.atOnce = atOnce;
        this.ofOne = ofOne;
        this.mostWaiting = mostWaiting;
        this.mostResting = mostResting;
        patienceNanos = patience.toNanos();
        this.busy = busy;
    }

    /** For work that keeps so much memory that there is place for one only: it is done before the next one begins. */
    public static Turns oneByOne(int mostWaiting, Duration patience, Supplier<? extends RuntimeException> busy) {
        return new Turns(1, 1, mostWaiting, 0, patience, busy);
    }

    /**
     * Does the work when it is its turn.
     *
     * @param accounts of who asks; those who may see all of them have one share together
     */
    public <T> T take(Set<String> accounts, Supplier<T> work) {
        return takeInParts(accounts, () -> false, giveWay -> work.get());
    }

    /**
     * The same for work that can take long.
     *
     * @param hasLeft whether nobody waits for what comes of it any more; its work is then ended
     * @param work to run often what it gets: others who wait for their turn go first, but for more of the same accounts
     */
    public <T> T takeInParts(Set<String> accounts, BooleanSupplier hasLeft, Function<Runnable, T> work) {
        Waiter me = new Waiter(accounts, hasLeft);
        begin(me);
        try {
            return work.apply(() -> look(me));
        } finally {
            end(me);
        }
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized void begin(Waiter me) {
        if (waiting.stream().filter(me::has).count() >= mostWaiting) {
            throw busy.get();
        }
        waiting.add(me);
        try {
            me.lookedAt = System.nanoTime();
            long deadline = me.lookedAt + patienceNanos;
            while (!isNext(me)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw busy.get();
                }
                wait(left);
            }
            atWork++;
            me.since = System.nanoTime();
            me.accounts.forEach(account -> turns.merge(account, 1, Integer::sum));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy.get();
        } finally {
            waiting.remove(me);
            notifyAll();
        }
    }

    private void look(Waiter me) {
        if (!me.looks()) {
            return;
        }
        if (me.hasLeft.getAsBoolean()) {
            throw busy.get();
        }
        giveWay(me);
    }

    private synchronized void giveWay(Waiter me) {
        if (System.nanoTime() - me.since < PART_NANOS
                || waiting.stream().noneMatch(each -> turnsOf(each) < ofOne)
                || waiting.stream().filter(each -> each.rests).count() >= mostResting) {
            return;
        }
        atWork--;
        me.rests = true;
        waiting.add(me);
        notifyAll();
        try {
            while (!isNext(me)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy.get();
        } finally {
            waiting.remove(me);
            me.rests = false;
            me.since = System.nanoTime();
            atWork++;
            notifyAll();
        }
    }

    private synchronized void end(Waiter me) {
        atWork--;
        me.accounts.forEach(account -> turns.computeIfPresent(account, (same, has) -> has > 1 ? has - 1 : null));
        notifyAll();
    }

    private boolean isNext(Waiter me) {
        return atWork < atOnce
                && waiting.stream()
                        .filter(each -> turnsOf(each) < ofOne)
                        .min(Comparator.comparingInt(this::turnsOf))
                        .filter(first -> first == me)
                        .isPresent();
    }

    private int turnsOf(Waiter waiter) {
        int all = waiter.accounts.stream()
                .mapToInt(account -> turns.getOrDefault(account, 0))
                .max()
                .orElse(0);
        return waiter.rests ? all - 1 : all;
    }
}
