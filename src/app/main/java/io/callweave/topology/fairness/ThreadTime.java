package io.callweave.topology.fairness;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a stream thread spends its time: on what comes, and on what waits in the queues of its tasks. One partition has queues, and accounts of
 * all others want the time. For that thread alone.
 */
public final class ThreadTime {

    /** What an account may take at once: ordinary ones take a millisecond for a notification. */
    private static final long AT_ONCE_NANOS = Duration.ofMillis(250).toNanos();

    private static final Duration RECENTLY = Duration.ofSeconds(4);

    /** Of its time: a thread that does less has enough for all. */
    private static final double BUSY = 0.6;

    /** Longer than the ways between bridge, router and stage. */
    private static final long LATE_MS = 1_000;

    /** Of what those take on average that do not wait: if all that are late take alike, nobody gains when some wait. */
    private static final double MUCH_LESS = 0.75;

    private static final long LATE_FOR_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LEVEL_EVERY_NANOS = Duration.ofMillis(100).toNanos();

    /** Of the time that is taken for what comes: for those that take little, if there is not enough for all. */
    private static final double FOR_LIGHT = 0.5;

    /** Of the time that all take: if what comes takes less, it is not that for which others are late. */
    private static final double MUCH = 0.5;

    /** Of all time: who takes less need not wait. */
    private static final double LEAST_LEVEL = 0.05;

    /** Of all time, too. */
    private static final double NEXT_TO_NOTHING = LEAST_LEVEL / 250;

    private static final long FORGET_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MANY = 1_000;

    /** Characters; RingCentral's have about ten. */
    private static final int LONGEST_NAME = 100;

    /** How long it must do something else at least before a queue has its turn again. */
    private static final long BETWEEN_NANOS = Duration.ofMillis(10).toNanos();

    /** So long after what came last, nothing of it comes back from the broker any more. */
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    /** After a turn like this, others have had to wait so little that they need no more time. */
    private static final long SHORT_NANOS = Duration.ofMillis(25).toNanos();

    /** For how long an account is known: the first call of the morning is not to wait for what one sends all night. */
    private static final long KNOWN_FOR_NANOS = Duration.ofDays(1).toNanos();

    /** A scheduler that is not asked does not keep the turn for longer. */
    private static final long LONGEST_TURN_NANOS = Duration.ofSeconds(1).toNanos();

    private final Set<FairScheduler> schedulers = new HashSet<>();

    /** Those that have queues. */
    private final Set<FairScheduler> inTurn = new HashSet<>();

    private final Debt ofQueues;
    private final Debt ofAll;
    private final Map<String, Debt> debts = new HashMap<>();

    private @Nullable Known last;
    private @Nullable Known other;
    private long turnEnded;
    private long turnTook;
    private long worked;
    private boolean cameSince;
    private long cameAt;
    private long forgotAt;
    private long lateUntil = Long.MIN_VALUE;
    private double average;
    private double level;
    private long levelledAt = Long.MIN_VALUE;

    /** @param now as {@link System#nanoTime}; so are all other times */
    public ThreadTime(long now) {
        ofQueues = new Debt(now, RECENTLY);
        ofAll = new Debt(now, Duration.ofSeconds(1));
        turnEnded = now;
        cameAt = now;
        forgotAt = now;
    }

    private record Known(String account, long at) {

        boolean isOther(String than, long now) {
            return !account.equals(than) && now - at < KNOWN_FOR_NANOS;
        }
    }

    /** What may be done for the queues now. */
    enum Turn {
        /** Others come first. */
        NONE,
        /** Others wait; what comes out of the queues may take its share only. */
        SHARE,
        /** The thread has time. */
        TIME,
        /** Nothing comes. */
        IDLE
    }

    /**
     * A notification of an account has come that need not wait.
     *
     * @param lateMs how long after its receipt
     */
    void came(String account, long lateMs, long now) {
        Known before = last;
        if (before != null && !before.account().equals(account)) {
            other = before;
        }
        last = new Known(account, now);
        if (lateMs > LATE_MS && recent(account, now) < MUCH_LESS * average(now)) {
            lateUntil = now + LATE_FOR_NANOS;
        }
    }

    /** An account has taken so much of the time, with what came or with what waited. */
    void took(String account, long nanos, long now) {
        if (debts.size() >= MANY && now - forgotAt >= FORGET_EVERY_NANOS) {
            forgotAt = now;
            debts.values().removeIf(debt -> debt.recent(now) < NEXT_TO_NOTHING);
        }
        debts.computeIfAbsent(name(account), added -> new Debt(now, RECENTLY)).add(nanos, now);
        ofAll.add(nanos, now);
    }

    /** What an account has taken of late, for comparison. */
    double recent(String account, long now) {
        Debt debt = debts.get(name(account));
        return debt == null ? 0 : debt.recent(now);
    }

    private static String name(String account) {
        return account.length() <= LONGEST_NAME ? account : account.substring(0, LONGEST_NAME);
    }

    /**
     * Whether an account has taken more than its share, and is not alone. Where there is not enough for all, because several of
     * them take much, those have to wait that take most.
     */
    boolean isOver(String account, long now) {
        Debt debt = debts.get(name(account));
        return debt != null
                && ((debt.pass(now) > AT_ONCE_NANOS && ofAll.recent(now) > BUSY)
                        || (now < lateUntil && debt.recent(now) > level(now)))
                && areOthers(account, now);
    }

    /** Max-min fairness between those that do not wait: the part of the time up to which each gets what it takes. */
    private double level(long now) {
        levelOut(now);
        return level;
    }

    /** The part of the time that those take on average that do not wait. */
    private double average(long now) {
        levelOut(now);
        return average;
    }

    private void levelOut(long now) {
        if (levelledAt != Long.MIN_VALUE && now - levelledAt < LEVEL_EVERY_NANOS) {
            return;
        }
        levelledAt = now;
        double[] recent = debts.entrySet().stream()
                .filter(each -> !isWaiting(each.getKey()))
                .mapToDouble(each -> each.getValue().recent(now))
                .filter(each -> each >= NEXT_TO_NOTHING)
                .sorted()
                .toArray();
        double all = Arrays.stream(recent).sum();
        average = all / Math.max(1, recent.length);
        double total =
                debts.values().stream().mapToDouble(debt -> debt.recent(now)).sum();
        double left = FOR_LIGHT * all;
        int takers = recent.length;
        for (double each : recent) {
            if (each * takers >= left) {
                break;
            }
            left -= each;
            takers--;
        }
        level = all < MUCH * total ? 1 : Math.max(LEAST_LEVEL, left / Math.max(1, takers));
    }

    private boolean isWaiting(String account) {
        for (FairScheduler scheduler : schedulers) {
            if (scheduler.isWaiting(account)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the thread has had to do with others than this one. */
    boolean areOthers(String than, long now) {
        Known one = last;
        Known two = other;
        return (one != null && one.isOther(than, now))
                || (two != null && two.isOther(than, now))
                || schedulers.stream().anyMatch(each -> each.areOthersWaiting(than));
    }

    /** The thread reads a notification, for whichever of its tasks. */
    public void came() {
        cameSince = true;
    }

    /** The thread has worked on what came. */
    void worked(long nanos) {
        worked += nanos;
    }

    /** What a scheduler with queues may do now. */
    Turn turn(FairScheduler scheduler, long now) {
        inTurn.add(scheduler);
        if (cameSince) {
            cameSince = false;
            cameAt = now;
        }
        long since = now - turnEnded;
        if (since < BETWEEN_NANOS || (since < LONGEST_TURN_NANOS && !isFirst(scheduler, now))) {
            return Turn.NONE;
        }
        if (now - cameAt >= QUIET_NANOS) {
            return Turn.IDLE;
        }
        // After a step that takes long, others have as long: what they need comes back from the broker several times.
        if (since < turnTook - SHORT_NANOS) {
            return Turn.NONE;
        }
        if (2 * worked <= since) {
            return Turn.TIME;
        }
        return isShareLeft(now) ? Turn.SHARE : Turn.NONE;
    }

    /** Whether no other one has something of an account that has taken less. */
    private boolean isFirst(FairScheduler scheduler, long now) {
        double least = scheduler.leastTaken(now);
        for (FairScheduler other : inTurn) {
            if (other != scheduler && other.waiting() > 0 && other.leastTaken(now) < least) {
                return false;
            }
        }
        return true;
    }

    boolean isShareLeft(long now) {
        return ofQueues.pass(now) == 0;
    }

    /** An entry of a queue was worked on. */
    void tookTurn(long nanos, long now) {
        ofQueues.add(nanos, now);
    }

    /** A scheduler has had its turn. */
    void endTurn(FairScheduler scheduler, boolean more, long began, long now) {
        inTurn.remove(scheduler);
        if (more) {
            inTurn.add(scheduler);
        }
        turnEnded = now;
        turnTook = now - began;
        worked = 0;
    }

    /** A task begins. */
    void join(FairScheduler scheduler) {
        schedulers.add(scheduler);
    }

    /** A task ends. */
    void leave(FairScheduler scheduler) {
        schedulers.remove(scheduler);
        inTurn.remove(scheduler);
    }
}
