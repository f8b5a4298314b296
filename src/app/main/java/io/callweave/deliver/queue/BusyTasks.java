package io.callweave.deliver.queue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of an instance that have much to do: they share the time of its threads. Thread-safe. */
public final class BusyTasks {

    private final int threads;
    private final Set<Object> tasks = ConcurrentHashMap.newKeySet();

    /** @param threads of the instance */
    public BusyTasks(int threads) {
        this.threads = threads;
    }

    /** About how many such tasks share a thread, now that it is known whether this is one. */
    int sharing(Object task, boolean isBusy) {
        if (isBusy) {
            tasks.add(task);
        } else {
            tasks.remove(task);
        }
        return Math.max(1, tasks.size() / threads);
    }
}
