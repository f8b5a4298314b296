package io.callweave.topology.time;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts what comes from several partitions of a recording in the order of its time: each element waits until all partitions have
 * come as far. Of the same time, what came first is first.
 *
 * @param <T> what waits
 */
public final class RecordedOrder<T> {

    private final long[] clocks;
    private final PriorityQueue<Waiting<T>> waiting = new PriorityQueue<>(
            Comparator.<Waiting<T>>comparingLong(Waiting::time).thenComparingLong(Waiting::arrival));
    private long arrivals;

    private record Waiting<T>(long time, long arrival, T element) {}

    /** Begins with nothing heard of any of so many partitions. */
    public RecordedOrder(int partitions) {
        clocks = new long[partitions];
        Arrays.fill(clocks, Long.MIN_VALUE);
    }

    /** An element of this time came from the partition; times of a partition never go back. */
    public void add(int partition, long time, T element) {
        reach(partition, time);
        waiting.add(new Waiting<>(time, arrivals++, element));
    }

    /** Everything of the partition up to this time has come. */
    public void reach(int partition, long time) {
        clocks[partition] = Math.max(clocks[partition], time);
    }

    /** Takes the next element whose turn it is; null if none is. */
    public @Nullable T poll() {
        return isReady() ? waiting.remove().element() : null;
    }

    /** Whether it is the turn of some element. */
    public boolean isReady() {
        Waiting<T> first = waiting.peek();
        return first != null && first.time() <= now();
    }

    /** The time up to which everything has come; {@link Long#MIN_VALUE} until all partitions were heard of. */
    public long now() {
        return Arrays.stream(clocks).min().orElse(Long.MIN_VALUE);
    }
}
