package io.callweave.console.store;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import org.sqlite.ProgressHandler;

/** Ends what a connection reads for too long: one tenant's search must not keep a reader from the others. */
final class ReadingTime extends ProgressHandler {

    /** Of SQLite's machine: some rows. */
    private static final int STEPS = 500;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LongSupplier patienceNanos;
    private long beganAt;
    private long begun;
    private long until;
    private boolean ended;
    private int steps;

    /** Of what no connection reads. */
    ReadingTime(LongSupplier patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /** @param patienceNanos for how long others wait, now: what began earlier is ended */
    static ReadingTime of(Connection connection, LongSupplier patienceNanos) throws SQLException {
        ReadingTime time = new ReadingTime(patienceNanos);
        ProgressHandler.setHandler(connection, STEPS, time);
        return time;
    }

    /**
     * Must be called by the thread that reads.
     *
     * @param mostNanos of the processor: a busy machine ends nothing
     */
    void begin(long mostNanos) {
        ended = false;
        beganAt = System.nanoTime();
        begun = THREADS.getCurrentThreadCpuTime();
        until = begun + mostNanos;
    }

    /** Of the processor, by the thread that reads. */
    long taken() {
        return THREADS.getCurrentThreadCpuTime() - begun;
    }

    /** Others could not wait, or it took too long. */
    RuntimeException over() {
        return ended ? new StoreBusyException() : new StoreSlowException();
    }

    /** The same for what is no statement, at some of many small steps. */
    void check() {
        if (++steps % STEPS == 0) {
            look();
        }
    }

    void look() {
        if (progress() != 0) {
            throw over();
        }
    }

    @Override
    protected int progress() {
        ended = System.nanoTime() - beganAt > patienceNanos.getAsLong();
        return ended || THREADS.getCurrentThreadCpuTime() > until ? 1 : 0;
    }
}
