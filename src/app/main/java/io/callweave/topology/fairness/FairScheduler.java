package io.callweave.topology.fairness;

import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.time.DueQueue;
import io.callweave.topology.time.StepLimits;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lets the accounts of a partition take turns. A few small notifications can make a lot of work: they change calls with thousands of events or
 * recordings, or join and part them. Whatever the reason, an account that has taken more than its share of the time waits, and all that comes
 * of it waits behind that, in a queue of its own; others go on. The queues are worked off with a quarter of the time, or more where the
 * thread has time to spare; the account that has taken least comes first. Who is alone on a thread never waits.
 */
public final class FairScheduler {

    /** If more waits, it is worked on before anything else: the disk is not to fill. */
    private static final long MOST_BYTES = 1L << 30;

    private final WaitingQueues queues;
    private final ThreadTime time;
    private final StepLimits limits;
    private final StepLimits whenIdle;
    private final StepLimits whenFull;
    private final LongSupplier nanoTime;
    private final long mostBytes;

    /**
     * Takes up what waits in a restored store.
     *
     * @param time of this thread, the same for all its tasks
     * @param limits of a step, and the clock that measures it
     */
    public FairScheduler(KeyValueStore<Bytes, byte[]> store, ThreadTime time, StepLimits limits) {
        this(store, time, limits, MOST_BYTES);
    }

    /** @param mostBytes that wait */
    FairScheduler(KeyValueStore<Bytes, byte[]> store, ThreadTime time, StepLimits limits, long mostBytes) {
        this.queues = new WaitingQueues(store);
        this.time = time;
        this.limits = limits;
        this.nanoTime = limits.nanoTime();
        this.whenIdle = new StepLimits(Integer.MAX_VALUE, Duration.ofMillis(100), nanoTime);
        this.whenFull = new StepLimits(Integer.MAX_VALUE, Duration.ofSeconds(1), nanoTime);
        this.mostBytes = mostBytes;
        time.join(this);
    }

    /** Whether an account has work that waits. */
    public boolean isWaiting(String account) {
        return queues.has(account);
    }

    /** Whether others than this account have work that waits. */
    boolean areOthersWaiting(String than) {
        return queues.accounts().size() > (queues.has(than) ? 1 : 0);
    }

    /** How much waits. */
    public long waiting() {
        return queues.entries();
    }

    /** It is not used any more. */
    public void close() {
        time.leave(this);
    }

    /**
     * Takes a notification that comes. To be called after {@link #workOff}, which makes room for it.
     *
     * @param receivedAt as in {@link PutOffWork.Notification}
     * @param lateMs how long ago it was received
     * @return whether it waits now; else it is to be worked on
     */
    public boolean putOff(String account, long receivedAt, long lateMs, RepartitionMessage.Routed routed) {
        if (mustWait(account)) {
            queues.add(account, new PutOffWork.Notification(receivedAt, routed));
            return true;
        }
        time.came(account, lateMs, nanoTime.getAsLong());
        return false;
    }

    /**
     * Takes an entry that is due.
     *
     * @return whether it waits now; else it is to be worked on
     */
    public boolean putOff(String account, DueQueue.Due due) {
        if (!mustWait(account)) {
            return false;
        }
        queues.add(account, new PutOffWork.Entry(due));
        return true;
    }

    /** Whether an account has work that waits, or has taken more than its share. */
    public boolean mustWait(String account) {
        return queues.has(account) || time.isOver(account, nanoTime.getAsLong());
    }

    /** Works for an account on what comes, in its time. */
    public void work(String account, Runnable work) {
        time.worked(timed(account, work));
    }

    /** How long it took, in nanoseconds. */
    private long timed(String account, Runnable work) {
        long began = nanoTime.getAsLong();
        work.run();
        long now = nanoTime.getAsLong();
        time.took(account, now - began, now);
        return now - began;
    }

    /**
     * Works on what waits, as far as there is time for it.
     *
     * @param work is given the account, and what is to be done
     * @return whether something still waits
     */
    public boolean workOff(BiConsumer<String, PutOffWork> work) {
        if (queues.isEmpty()) {
            return false;
        }
        long began = nanoTime.getAsLong();
        boolean isFull = queues.bytes() > mostBytes;
        boolean areOthers = time.areOthers(next(began), began);
        ThreadTime.Turn turn = areOthers ? time.turn(this, began) : ThreadTime.Turn.TIME;
        if (turn == ThreadTime.Turn.NONE && !isFull) {
            return true;
        }
        StepLimits.Budget budget = (isFull ? whenFull : turn == ThreadTime.Turn.IDLE ? whenIdle : limits).begin();
        long now = began;
        while (!queues.isEmpty()
                && !budget.isSpent()
                && (isFull ? queues.bytes() > mostBytes : turn != ThreadTime.Turn.SHARE || time.isShareLeft(now))) {
            String account = next(now);
            PutOffWork first = queues.take(account);
            long took = timed(account, () -> work.accept(account, first));
            budget.spend();
            now = nanoTime.getAsLong();
            if (turn == ThreadTime.Turn.NONE) {
                time.worked(took);
            } else {
                time.tookTurn(took, now);
            }
        }
        // Making room is no turn: other tasks of the thread would never have theirs.
        if (turn != ThreadTime.Turn.NONE) {
            time.endTurn(this, !queues.isEmpty(), began, now);
        }
        return !queues.isEmpty();
    }

    /** What the account has taken whose turn is next. */
    double leastTaken(long now) {
        return time.recent(next(now), now);
    }

    /** The account that has taken least: whoever was held up once is not to wait for those that always take more. */
    private String next(long now) {
        String least = "";
        double taken = Double.MAX_VALUE;
        for (String account : queues.accounts()) {
            double recent = time.recent(account, now);
            if (recent < taken) {
                taken = recent;
                least = account;
            }
        }
        return least;
    }
}
