package io.callweave.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * SIGTERM and SIGINT, for commands that run until a signal stops them. The Java machine waits until this is closed, and ends
 * with the status for done then: the sender of the signal wants it to end, and it did.
 */
public final class StopSignal implements AutoCloseable {

    private static final int DONE = 0;

    private final CompletableFuture<@Nullable Void> requested = new CompletableFuture<>();
    private final CountDownLatch putAway = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private @Nullable Thread starting;

    private StopSignal() {}

    /** From now on signals are heeded. */
    public static StopSignal heed() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    public boolean requested() {
        return requested.isDone();
    }

    /** Waits for the signal, or for the end of something that may end by itself. */
    void awaitOr(CompletableFuture<?> end) {
        CompletableFuture.anyOf(requested, end).join();
    }

    /** From now on a signal interrupts this thread, which may wait for something; null: no longer. */
    synchronized void interrupts(@Nullable Thread thread) {
        starting = thread;
    }

    /** Everything is put away. If it ends by itself, its own status counts. */
    @Override
    public void close() {
        putAway.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The signal came first.
        }
    }

    /** The Java machine alone would report 130 or 143. */
    private void stop() {
        requested.complete(null);
        synchronized (this) {
            if (starting != null) {
                starting.interrupt();
            }
        }
        try {
            putAway.await();
            Runtime.getRuntime().halt(DONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
