package io.callweave.cli.common;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened one after the other, to be closed the other way round, each even if another one fails. */
public final class CloseStack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CloseStack.class);
    private static final long NS_PER_MS = 1_000_000;

    private final Deque<AutoCloseable> lastFirst = new ArrayDeque<>();

    public <T extends AutoCloseable> T keep(T opened) {
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
            } catch (RuntimeException e) {
                failure = joined(failure, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = joined(failure, new IllegalStateException(e));
            } catch (Exception e) { // AutoCloseable#close declares it
                failure = joined(failure, new IllegalStateException(e));
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

    private static RuntimeException joined(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
