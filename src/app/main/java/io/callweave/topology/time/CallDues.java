package io.callweave.topology.time;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.time.DueQueue.Due;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When to look at which call again. The waits of calls that go on are in memory: the values of their sessions tell them, and
 * all of these are read at a start. What finished calls wait for is in the {@link DueQueue}.
 */
public final class CallDues {

    private static final Comparator<Due> ORDER =
            Comparator.comparingLong(Due::time).thenComparing(Due::key);

    private final DueQueue finished;
    private final Map<SessionKey, Due> waits = new HashMap<>();
    private final TreeSet<Due> inOrder = new TreeSet<>(ORDER);

    public CallDues(DueQueue finished) {
        this.finished = finished;
    }

    /** A live call is looked at then, and at no other time. After a restart, call this again. */
    public void await(long time, SessionKey key) {
        cancel(key);
        Due wait = new Due(time, key);
        waits.put(key, wait);
        inOrder.add(wait);
    }

    /** The call does not go on. */
    public void cancel(SessionKey key) {
        Due wait = waits.remove(key);
        if (wait != null) {
            inOrder.remove(wait);
        }
    }

    /** A finished call is looked at then; this is kept over a restart. */
    public void add(long time, SessionKey key) {
        finished.add(time, key);
    }

    /** Whether an entry may be due; nothing is read to find out. */
    public boolean mayHave(long now) {
        return finished.mayHave(now) || nextWait(now) != null;
    }

    private @Nullable Due nextWait(long now) {
        Due next = inOrder.isEmpty() ? null : inOrder.first();
        return next != null && next.time() <= now ? next : null;
    }

    /**
     * Works off what is due, in order of time, each entry at its own time.
     *
     * @param now the time up to which entries are due, included
     * @return whether more are due
     */
    public boolean processDue(long now, StepLimits.Budget budget, Consumer<Due> work) {
        while (!budget.isSpent()) {
            Due wait = nextWait(now);
            long until = wait == null ? now : wait.time();
            if (finished.mayHave(until)) {
                // That can add a wait that ends earlier.
                var unused = finished.processDue(until, budget, work);
            } else if (wait == null) {
                return false;
            } else {
                cancel(wait.key());
                work.accept(wait);
                budget.spend();
            }
        }
        return mayHave(now);
    }
}
