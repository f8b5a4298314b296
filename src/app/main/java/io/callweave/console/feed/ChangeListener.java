package io.callweave.console.feed;

import io.callweave.access.AccountScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One who hears changes, at its own speed. If it is so slow that events are forgotten before it has heard them, it is dropped;
 * others do not notice. For one thread; any may close it.
 */
public final class ChangeListener implements AutoCloseable {

    /** Bounds what is copied at once. */
    private static final int MOST_AT_ONCE = 500;

    private final Changes changes;
    private final AccountScope scope;
    private long next;
    private long nextOnce;
    private @Nullable ChangeEvent first;
    private boolean more;
    private volatile boolean closed;
    private volatile boolean dropped;

    ChangeListener(Changes changes, AccountScope scope, long next, long nextOnce) {
        this.changes = changes;
        this.scope = scope;
        this.next = next;
        this.nextOnce = nextOnce;
    }

    AccountScope scope() {
        return scope;
    }

    /** Hears this before everything else. */
    void begin(ChangeEvent event) {
        first = event;
    }

    /** The next events, in order; none if those that came are of other accounts, if none came in this time, or if it is over. */
    public List<ChangeEvent> next(long atMostMs) throws InterruptedException {
        ChangeEvent begin = first;
        if (begin != null) {
            first = null;
            return List.of(begin);
        }
        Changes.Heard heard = closed ? null : changes.hear(this, next, nextOnce, MOST_AT_ONCE, atMostMs);
        if (closed) {
            return List.of();
        }
        if (heard == null) {
            drop();
            return List.of();
        }
        more = heard.next() - next == MOST_AT_ONCE;
        next = heard.next();
        nextOnce = heard.onceNumber();
        return heard.events().stream().filter(this::mayHear).toList();
    }

    /** Whether further events wait already. */
    public boolean hasMore() {
        return more;
    }

    private boolean mayHear(ChangeEvent event) {
        String account = event.account();
        return account == null || scope.covers(account);
    }

    /** Ends it because it is too slow, or another needs its place. */
    public void drop() {
        if (!closed) {
            dropped = true;
            changes.countDropped();
            close();
        }
    }

    /** Whether it is over. */
    public boolean isClosed() {
        return closed;
    }

    /** Whether it was ended by the console. */
    public boolean isDropped() {
        return dropped;
    }

    @Override
    public void close() {
        closed = true;
        changes.forget(this);
    }
}
