package io.callweave.cli.common;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT, for commands that run until a signal stops them. The Java machine waits until this is closed, and ends
 * with the status for done then: the sender of the signal wants it to end, and it did.
 */
public final class StopSignal implements AutoCloseable {

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch putAway = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");

    private StopSignal() {}

    /** From now on signals are heeded. */
    public static StopSignal heed() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    public boolean requested() {
        return requested.getCount() == 0;
    }

    public void await() throws InterruptedException {
        requested.await();
    }

    /** Returns whether it came in this time. */
    public boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
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
        requested.countDown();
        try {
            putAway.await();
            Runtime.getRuntime().halt(ExitStatus.DONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
