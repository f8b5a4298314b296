package io.callweave.runtime;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened one after the other, to be closed the other way round, each even if another one fails. */
public final class CloseStack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CloseStack.class);
    private static final long NS_PER_MS = 1_000_000;

    private final Deque<AutoCloseable> lastFirst = new ConcurrentLinkedDeque<>();
    private volatile String closing = "";

    public <T extends AutoCloseable> T keep(T opened) {
        lastFirst.push(opened);
        return opened;
    }

    /** What is being closed; empty before. */
    String closing() {
        return closing;
    }

    /** Throws what went wrong first, with the rest in it. */
    @Override
    public void close() {
        IllegalStateException failure = null;
        for (AutoCloseable next = lastFirst.poll(); next != null; next = lastFirst.poll()) {
            closing = next.getClass().getSimpleName();
            long before = System.nanoTime();
            try {
                next.close();
            } catch (Exception e) { // AutoCloseable#close declares it
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (failure == null) {
                    failure = new IllegalStateException(closing + " cannot be closed: " + e.getMessage(), e);
                } else {
                    failure.addSuppressed(e);
                }
            }
            LOG.atDebug()
                    .setMessage("Closed.")
                    .addKeyValue("what", closing)
                    .addKeyValue("ms", (System.nanoTime() - before) / NS_PER_MS)
                    .log();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
