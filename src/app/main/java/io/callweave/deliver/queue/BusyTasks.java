package io.callweave.deliver.queue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of an instance that have much to do, with their threads: they share the time of these. Thread-safe. */
public final class BusyTasks {

    private final Map<Object, Thread> threads = new ConcurrentHashMap<>();

    /** How many such tasks there are on this thread, now that it is known whether this is one; at least 1. */
    int sharing(Object task, boolean isBusy) {
        Thread here = Thread.currentThread();
        if (isBusy) {
            threads.put(task, here);
        } else {
            threads.remove(task);
        }
        int tasks = 0;
        for (Thread each : threads.values()) {
            tasks += each.equals(here) ? 1 : 0;
        }
        return Math.max(1, tasks);
    }
}
