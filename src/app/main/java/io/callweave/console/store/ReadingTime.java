package io.callweave.console.store;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.ProgressHandler;

/** Ends what a connection reads for too long: one tenant's search must not keep a reader from the others. */
final class ReadingTime extends ProgressHandler {

    /** Of SQLite's machine: some rows. */
    private static final int STEPS = 500;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long mostNanos;
    private volatile long until = Long.MAX_VALUE;
    private volatile boolean ended;

    private ReadingTime(long mostNanos) {
        this.mostNanos = mostNanos;
    }

    /** @param mostNanos of the processor: a busy machine ends nothing */
    static ReadingTime of(Connection connection, long mostNanos) throws SQLException {
        ReadingTime time = new ReadingTime(mostNanos);
        ProgressHandler.setHandler(connection, STEPS, time);
        return time;
    }

    /** Must be called by the thread that reads. */
    void begin() {
        ended = false;
        until = THREADS.getCurrentThreadCpuTime() + mostNanos;
    }

    /** Ends what is read now: somebody cannot wait for it. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    protected int progress() {
        return ended || THREADS.getCurrentThreadCpuTime() > until ? 1 : 0;
    }
}
