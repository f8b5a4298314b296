package io.callweave.console.feed;

import io.callweave.access.AccountScope;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One who hears changes. If it does not take them in time, it is dropped; others do not notice. Thread-safe. */
public final class ChangeListener implements AutoCloseable {

    static final int MOST_EVENTS = 2_000;
    static final long MOST_CHARS = 4L << 20;

    /** Such as after a reset, one catches up with more than that at once. */
    private static final int MOST_AT_FIRST = 10_000;

    /** Wakes the reader at the end. */
    private static final ChangeEvent END = new ChangeEvent("", "", null, "");

    private final AccountScope scope;
    private final Consumer<ChangeListener> atEnd;
    private final BlockingQueue<ChangeEvent> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong chars = new AtomicLong();
    private volatile boolean caughtUp;
    private volatile boolean closed;
    private volatile boolean dropped;

    ChangeListener(AccountScope scope, Consumer<ChangeListener> atEnd) {
        this.scope = scope;
        this.atEnd = atEnd;
    }

    void offer(ChangeEvent event) {
        String account = event.account();
        if (closed || (account != null && !scope.covers(account))) {
            return;
        }
        long size = chars.addAndGet(event.size());
        waiting.add(event);
        if (waiting.size() > (caughtUp ? MOST_EVENTS : MOST_AT_FIRST) || (caughtUp && size > MOST_CHARS)) {
            dropped = true;
            close();
        }
    }

    /** The next event; null if none came in this time, or if it is over. */
    public @Nullable ChangeEvent next(long atMostMs) throws InterruptedException {
        if (waiting.isEmpty()) {
            caughtUp = true;
        }
        ChangeEvent event = closed ? null : waiting.poll(atMostMs, TimeUnit.MILLISECONDS);
        if (event == null || event.equals(END)) {
            return null;
        }
        chars.addAndGet(-event.size());
        return event;
    }

    /** Whether it is over. */
    public boolean isClosed() {
        return closed;
    }

    /** Whether it was too slow. */
    public boolean isDropped() {
        return dropped;
    }

    @Override
    public void close() {
        closed = true;
        waiting.clear();
        waiting.add(END);
        atEnd.accept(this);
    }
}
