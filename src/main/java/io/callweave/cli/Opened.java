package io.callweave.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened one after the other, to be closed the other way round, each whatever becomes of the others. */
final class Opened implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);
    private static final long NS_PER_MS = 1_000_000;

    private final Deque<AutoCloseable> lastFirst = new ArrayDeque<>();

    <T extends AutoCloseable> T keep(T opened) {
        lastFirst.push(opened);
        return opened;
    }

    /** Throws what went wrong first, with the rest in it. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!lastFirst.isEmpty()) {
            AutoCloseable next = lastFirst.pop();
            long before = System.nanoTime();
            try {
                next.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
                } else {
                    failure.addSuppressed(e);
                }
            }
            LOG.atDebug()
                    .setMessage("Closed.")
                    .addKeyValue("what", next.getClass().getSimpleName())
                    .addKeyValue("ms", (System.nanoTime() - before) / NS_PER_MS)
                    .log();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
