package io.callweave.deliver.post;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private int running;

    /** @param most how many works may run at the same time */
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
        Runnable next = next();
        if (next == null) {
            return;
        }
        try {
            next.run();
        } finally {
            threads.execute(this::runOne);
        }
    }

    private synchronized @Nullable Runnable next() {
        if (waiting.isEmpty()) {
            running--;
            return null;
        }
        Map.Entry<String, Queue<Runnable>> turn = waiting.entrySet().iterator().next();
        String account = turn.getKey();
        Queue<Runnable> works = turn.getValue();
        Runnable work = works.remove();
        waiting.remove(account);
        if (!works.isEmpty()) {
            waiting.put(account, works);
        }
        return work;
    }
}
