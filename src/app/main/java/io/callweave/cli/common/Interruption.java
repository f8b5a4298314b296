package io.callweave.cli.common;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A signal that ends the work of a thread in order: the thread is interrupted, and the Java machine waits until it has put
 * its things away.
 */
public final class Interruption implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Thread worker;
    private final CountDownLatch putAway = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private volatile boolean requested;
    private volatile Runnable forced = () -> {};

    private Interruption(Thread worker) {
        this.worker = worker;
    }

    public static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Done in the place of the thread if it does not heed the interruption, as while it reads the standard input. */
    public void otherwise(Runnable putAway) {
        forced = putAway;
    }

    public boolean requested() {
        return requested;
    }

    /** Everything is put away. */
    @Override
    public void close() {
        putAway.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The signal came first.
        }
    }

    private void interrupt() {
        requested = true;
        worker.interrupt();
        try {
            if (!putAway.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                worker.interrupt();
                forced.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
