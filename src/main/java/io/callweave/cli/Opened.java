package io.callweave.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened one after the other, to be closed the other way round, each whatever becomes of the others. */
final class Opened implements AutoCloseable {

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
            try {
                lastFirst.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
