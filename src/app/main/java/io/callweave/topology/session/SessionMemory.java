package io.callweave.topology.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How much of the heap sessions take that are kept in memory: a third at most, the same for each partition of the process.
 * What does not fit is read from the store when it is needed.
 */
public final class SessionMemory implements LongSupplier {

    /** More gains nothing that could be measured. */
    public static final long MOST_OF_A_PARTITION = 64L << 20;

    private static final int SHARE_OF_HEAP = 3;

    private final long bytes;
    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    private volatile long each;

    /** @param heap the most that it can have, in bytes */
    public SessionMemory(long heap) {
        bytes = heap / SHARE_OF_HEAP;
        divide();
    }

    /** This process has the partition from now on; it may have had it before. */
    public void join(int partition) {
        partitions.add(partition);
        divide();
    }

    public void leave(int partition) {
        partitions.remove(partition);
        divide();
    }

    /** The bytes for one partition. */
    @Override
    public long getAsLong() {
        return each;
    }

    private synchronized void divide() {
        each = Math.min(MOST_OF_A_PARTITION, bytes / Math.max(1, partitions.size()));
    }
}
