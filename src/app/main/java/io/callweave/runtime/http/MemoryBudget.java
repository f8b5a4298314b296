package io.callweave.runtime.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of bodies that are in memory. Thread-safe. */
public final class MemoryBudget {

    private final AtomicLong left;

    public MemoryBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** Takes as many, if there are. */
    boolean take(int bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
