package io.callweave.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** SIGTERM and SIGINT, for commands that have to put something away: the Java machine waits until this is closed. */
public final class StopSignal implements AutoCloseable {

    private static final int DONE = 0;

    /** For a thread that is interrupted, until {@link #otherwise} is done in its place. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final boolean isUsualEnd;

    private final CompletableFuture<@Nullable Void> requested = new CompletableFuture<>();
    private final CountDownLatch putAway = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private @Nullable Thread interrupted;
    private volatile Runnable forced = () -> {};

    private StopSignal(boolean isUsualEnd) {
        this.isUsualEnd = isUsualEnd;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * From now on signals are heeded, by a command that runs until one comes. The Java machine ends with the status for done
     * then: the sender of the signal wants it to end, and it did.
     */
    public static StopSignal heed() {
        return new StopSignal(true);
    }

    /** From now on a signal interrupts this thread, of a command that ends by itself; the status says that it did not. */
    public static StopSignal interruptsThisThread() {
        StopSignal signal = new StopSignal(false);
        signal.interrupts(Thread.currentThread());
        return signal;
    }

    /** Done in the place of the thread if it does not heed the interruption, as while it reads the standard input. */
    public void otherwise(Runnable putAway) {
        forced = putAway;
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
        interrupted = thread;
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

    private void stop() {
        requested.complete(null);
        interrupt();
        try {
            if (isUsualEnd) {
                putAway.await();
                // The Java machine alone would report 130 or 143.
                Runtime.getRuntime().halt(DONE);
            } else if (!putAway.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                interrupt();
                forced.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void interrupt() {
        if (interrupted != null) {
            interrupted.interrupt();
        }
    }
}
