package io.callweave.topology.fairness;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a stream thread spends its time: on what comes, and on what waits in the queues of its tasks. One partition has queues, and accounts of
 * all others want the time. For that thread alone.
 */
public final class ThreadTime {

    /** How long it must do something else at least before a queue has its turn again. */
    private static final long BETWEEN_NANOS = Duration.ofMillis(10).toNanos();

    /** For how long an account that takes little is known. */
    private static final long LIGHT_FOR_NANOS = Duration.ofMinutes(1).toNanos();

    /** A scheduler that is not asked does not keep the turn for longer. */
    private static final long LONGEST_TURN_NANOS = Duration.ofSeconds(1).toNanos();

    /** Those that have queues; the one whose turn it is comes first. */
    private final Set<FairScheduler> inTurn = new LinkedHashSet<>();

    private final Debt ofQueues = new Debt(0);

    private @Nullable Light last;
    private @Nullable Light other;
    private long turnEnded;
    private long turnTook;
    private long worked;
    private boolean cameSince;

    private record Light(String account, long at) {

        boolean isOther(String than, long now) {
            return !account.equals(than) && now - at < LIGHT_FOR_NANOS;
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
        /** Nothing has come. */
        IDLE
    }

    /** A notification has come of an account that takes little. */
    void light(String account, long now) {
        Light before = last;
        if (before != null && !before.account().equals(account)) {
            other = before;
        }
        last = new Light(account, now);
    }

    /** Whether there were other such accounts within the last minute. */
    boolean areOthersLight(String than, long now) {
        Light one = last;
        Light two = other;
        return (one != null && one.isOther(than, now)) || (two != null && two.isOther(than, now));
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
        long since = now - turnEnded;
        boolean isFirst = inTurn.iterator().next() == scheduler || since >= LONGEST_TURN_NANOS;
        if (since < BETWEEN_NANOS || !isFirst) {
            return Turn.NONE;
        }
        if (!cameSince) {
            return Turn.IDLE;
        }
        // After a step that takes long, others have as long: what they need comes back from the broker several times.
        if (since < turnTook) {
            return Turn.NONE;
        }
        return 2 * worked <= since ? Turn.TIME : Turn.SHARE;
    }

    boolean isShareLeft(long now) {
        return ofQueues.pass(now) == 0;
    }

    /** An entry of a queue was worked on. */
    void tookTurn(long nanos, long now) {
        ofQueues.add(nanos, now);
    }

    /** The next scheduler has its turn. */
    void endTurn(FairScheduler scheduler, boolean more, long began, long now) {
        inTurn.remove(scheduler);
        if (more) {
            inTurn.add(scheduler);
        }
        turnEnded = now;
        turnTook = now - began;
        worked = 0;
        cameSince = false;
    }

    /** It has no queues any more. */
    void leave(FairScheduler scheduler) {
        inTurn.remove(scheduler);
    }
}
