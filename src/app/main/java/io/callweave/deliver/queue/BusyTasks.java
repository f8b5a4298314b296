package io.callweave.deliver.queue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of an instance in which records wait: they share the time of its threads. Thread-safe. */
public final class BusyTasks {

    private final int threads;
    private final Set<Object> tasks = ConcurrentHashMap.newKeySet();

    /** @param threads of the instance */
    public BusyTasks(int threads) {
        this.threads = threads;
    }

    /** About how many tasks share a thread, now that it is known whether records wait in this one. */
    int sharing(Object task, boolean isBusy) {
        if (isBusy) {
            tasks.add(task);
        } else {
            tasks.remove(task);
        }
        return Math.max(1, tasks.size() / threads);
    }
}
