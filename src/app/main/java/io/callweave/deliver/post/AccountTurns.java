package io.callweave.deliver.post;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Work of accounts on threads that they share. An account can have a hundred endpoints with a thousand posts to make: the accounts
 * take turns, so that another one waits for one of them and not for all. Thread-safe.
 */
final class AccountTurns {

    private final Executor threads;
    private final int most;

    /** What waits, by account; the first is the next. */
    private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();

    /** How many works of an account run: all of one, each of which takes long, would keep others waiting. */
    private final Map<String, Integer> atWork = new HashMap<>();

    private record Turn(String account, Runnable work) {}

    private int running;

    /** @param most how many works may run at the same time, half of them of one account */
    AccountTurns(Executor threads, int most) {
        this.threads = threads;
        this.most = most;
    }

    /** Runs it behind the others of its account. */
    void execute(String account, Runnable work) {
        synchronized (this) {
            waiting.computeIfAbsent(account, key -> new ArrayDeque<>()).add(work);
            if (running == most) {
                return;
            }
            running++;
        }
        threads.execute(this::runOne);
    }

    /** And lets the threads do other things before the next one. */
    private void runOne() {
        Turn next = next();
        if (next == null) {
            return;
        }
        try {
            next.work.run();
        } finally {
            end(next);
            threads.execute(this::runOne);
        }
    }

    private synchronized void end(Turn turn) {
        atWork.computeIfPresent(turn.account, (key, works) -> works == 1 ? null : works - 1);
    }

    private synchronized @Nullable Turn next() {
        String account =
                waiting.keySet().stream().filter(this::mayBegin).findFirst().orElse(null);
        if (account == null) {
            running--;
            return null;
        }
        Queue<Runnable> works = Objects.requireNonNull(waiting.get(account));
        Runnable work = works.remove();
        waiting.remove(account);
        if (!works.isEmpty()) {
            waiting.put(account, works);
        }
        atWork.merge(account, 1, Integer::sum);
        return new Turn(account, work);
    }

    private boolean mayBegin(String account) {
        return atWork.getOrDefault(account, 0) < Math.max(1, most / 2);
    }
}
