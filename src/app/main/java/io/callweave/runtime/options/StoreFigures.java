package io.callweave.runtime.options;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps those who read figures of stores apart from stores that close. Kafka Streams does not: RocksDB frees what is being read, and that ends
 * the process (KAFKA-10025). Thread-safe.
 */
public final class StoreFigures {

    /** Within this time, a store that begins to close is no longer among those that Kafka Streams reads. */
    private static final long CLOSING_NANOS = 2_000_000_000L;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final LongSupplier nanoTime;
    private long quietUntil;

    /** @param nanoTime as {@link System#nanoTime} */
    StoreFigures(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        quietUntil = nanoTime.getAsLong();
    }

    /** Reads a figure; not a number if a store has begun to close a moment ago. */
    public Object read(Supplier<Object> figure) {
        lock.readLock().lock();
        try {
            return nanoTime.getAsLong() - quietUntil < 0 ? Double.NaN : figure.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A store begins to close. Returns when nobody reads. */
    void closing() {
        lock.writeLock().lock();
        try {
            quietUntil = nanoTime.getAsLong() + CLOSING_NANOS;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
