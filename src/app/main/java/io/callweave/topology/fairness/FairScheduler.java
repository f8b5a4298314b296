package io.callweave.topology.fairness;

import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.time.DueQueue;
import io.callweave.topology.time.StepLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lets the accounts of a partition take turns. A few small notifications can make a lot of work: they change calls with thousands of events or
 * recordings, or join and part them. Whatever the reason, an account that has taken more than its share of the time waits, and all that comes
 * of it waits behind that, in a queue of its own; others go on. The queues are worked off with a quarter of the time, or more where the
 * thread has time to spare. Where nobody takes little, nobody waits.
 */
public final class FairScheduler {

    /** An account, and all that wait together, may take a quarter of the time while others want it. */
    private static final int SHARE = 4;

    /** What an account may take at once: ordinary ones take a millisecond for a notification. */
    private static final long AT_ONCE_NANOS = Duration.ofMillis(250).toNanos();

    /** An account that owes less takes little. */
    private static final long LIGHT_NANOS = Duration.ofMillis(50).toNanos();

    /** What an account took long ago is forgiven. */
    private static final long MOST_DEBT_NANOS = Duration.ofSeconds(1).toNanos();

    /** How long the thread must have done something else at least before the queues have their turn again. */
    private static final long BETWEEN_NANOS = Duration.ofMillis(10).toNanos();

    /** If more waits, what came first is worked on before anything else: the disk is not to fill. */
    private static final long MOST_BYTES = 256L << 20;

    private static final long MOST_WAITING = 100_000;
    private static final Duration STEP_WHEN_FULL = Duration.ofSeconds(1);
    private static final int MANY = 1_000;

    /** Characters; RingCentral's have about ten. */
    private static final int LONGEST_NAME = 100;

    private final WaitingQueues queues;
    private final LightAccounts lights;
    private final StepLimits limits;
    private final StepLimits whenFull;
    private final LongSupplier nanoTime;
    private final Map<String, Debt> debts = new HashMap<>();
    private final Debt ofQueues = new Debt();

    /** When the queues had their last turn, and how long the thread has worked since. */
    private long lastTurn;

    private long between = BETWEEN_NANOS;
    private long workedSince;

    /** Time that was taken and is not made up for yet. */
    private static final class Debt {

        private long nanos;
        private long at;

        private long pass(long now) {
            nanos = Math.max(0, nanos - (now - at) / SHARE);
            at = now;
            return nanos;
        }

        private void add(long taken, long now) {
            nanos = Math.min(MOST_DEBT_NANOS, pass(now) + taken);
        }
    }

    /**
     * Takes up what waits in a restored store.
     *
     * @param limits of a step, and the clock that measures it
     */
    public FairScheduler(KeyValueStore<Bytes, byte[]> store, LightAccounts lights, StepLimits limits) {
        this.queues = new WaitingQueues(store);
        this.lights = lights;
        this.limits = limits;
        this.nanoTime = limits.nanoTime();
        this.whenFull = new StepLimits(Integer.MAX_VALUE, STEP_WHEN_FULL, nanoTime);
        this.lastTurn = nanoTime.getAsLong();
        this.ofQueues.at = lastTurn;
    }

    /** Whether an account has work that waits. */
    public boolean isWaiting(String account) {
        return queues.has(account);
    }

    /** How much waits. */
    public long waiting() {
        return queues.entries();
    }

    /**
     * Takes a notification that comes. To be called after {@link #workOff}, which makes room for it.
     *
     * @param account empty if it is not known
     * @param receivedAt as in {@link Waiting.Notification}
     * @return whether it waits now; else it is to be worked on
     */
    public boolean putOff(String account, long receivedAt, RepartitionMessage.Routed routed) {
        if (account.isEmpty()) {
            return false;
        }
        if (mustWait(account)) {
            return add(account, new Waiting.Notification(receivedAt, routed));
        }
        Debt debt = debts.get(name(account));
        if (debt == null || debt.nanos < LIGHT_NANOS) {
            lights.seen(account, nanoTime.getAsLong());
        }
        return false;
    }

    /**
     * Takes an entry that is due.
     *
     * @return whether it waits now; else it is to be worked on
     */
    public boolean putOff(String account, DueQueue.Due due) {
        return mustWait(account) && add(account, new Waiting.Entry(due));
    }

    private boolean hasRoom() {
        return queues.entries() < MOST_WAITING && queues.bytes() < MOST_BYTES;
    }

    private boolean add(String account, Waiting work) {
        queues.add(account, work);
        return true;
    }

    /** Whether an account has work that waits, or has taken more than its share while others want to be served. */
    public boolean mustWait(String account) {
        if (queues.has(account)) {
            return true;
        }
        Debt debt = debts.get(name(account));
        if (debt == null) {
            return false;
        }
        long now = nanoTime.getAsLong();
        return debt.pass(now) > AT_ONCE_NANOS && lights.areOthers(account, now);
    }

    /** Works for an account, in its time. */
    public void work(String account, Runnable work) {
        long began = nanoTime.getAsLong();
        work.run();
        long now = nanoTime.getAsLong();
        workedSince += now - began;
        if (debts.size() >= MANY) {
            debts.values().removeIf(debt -> debt.pass(now) == 0);
        }
        debts.computeIfAbsent(name(account), added -> new Debt()).add(now - began, now);
    }

    private static String name(String account) {
        return account.length() <= LONGEST_NAME ? account : account.substring(0, LONGEST_NAME);
    }

    /**
     * Works on what waits, as far as there is time for it.
     *
     * @param work is given the account, and what is to be done
     * @return whether something still waits
     */
    public boolean workOff(BiConsumer<String, Waiting> work) {
        if (queues.isEmpty()) {
            return false;
        }
        long now = nanoTime.getAsLong();
        boolean forOthers = lights.areOthers(queues.nextAccount(), now);
        boolean isFull = !hasRoom();
        if (forOthers && !isFull && now - lastTurn < between) {
            return true;
        }
        boolean hasTime = !forOthers || 2 * workedSince <= now - lastTurn;
        long turnBegan = now;
        StepLimits.Budget budget = (isFull ? whenFull : limits).begin();
        while (!queues.isEmpty()
                && !budget.isSpent()
                && (isFull ? !hasRoom() : hasTime || ofQueues.pass(now) == 0)) {
            long began = now;
            String account = queues.nextAccount();
            Waiting next = queues.take();
            work(account, () -> work.accept(account, next));
            budget.spend();
            now = nanoTime.getAsLong();
            ofQueues.add(now - began, now);
        }
        lastTurn = nanoTime.getAsLong();
        // After a step that takes long, others have as long: what they need comes back from the broker several times.
        between = Math.max(BETWEEN_NANOS, lastTurn - turnBegan);
        workedSince = 0;
        return !queues.isEmpty();
    }
}
