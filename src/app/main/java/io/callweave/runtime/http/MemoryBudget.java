package io.callweave.runtime.http;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds the bytes of bodies, or of answers, that are in memory. One owner can have half of what the others leave, or one body
 * or answer that is larger. Thread-safe.
 */
public final class MemoryBudget {

    private final long bytes;
    private final Map<Object, Long> owners = new HashMap<>();
    private long taken;

    public MemoryBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Takes as many, if the owner may have them. */
    synchronized boolean take(Object owner, int more) {
        long own = owners.getOrDefault(owner, 0L);
        if (own > 0 ? own + more > (bytes - taken + own) / 2 : more > bytes - taken) {
            return false;
        }
        owners.put(owner, own + more);
        taken += more;
        return true;
    }

    synchronized void giveBack(Object owner, long some) {
        taken -= some;
        owners.computeIfPresent(owner, (same, own) -> own > some ? own - some : null);
    }
}
