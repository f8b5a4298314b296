package io.callweave.bridge;

/**
 * Bounds the bytes that are given to the producer and not yet confirmed. The producer's own bound cannot: it must be as large
 * as the largest record. One record that is larger than the bound passes alone.
 */
final class InFlight {

    private final long maxBytes;
    private long bytes;

    InFlight(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Waits until there is room. */
    synchronized void enter(int size) throws InterruptedException {
        while (bytes > 0 && bytes + size > maxBytes) {
            wait();
        }
        bytes += size;
    }

    synchronized void leave(int size) {
        bytes -= size;
        notifyAll();
    }
}
