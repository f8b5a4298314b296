package io.callweave.topology.windows;

import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import org.jspecify.annotations.Nullable;

/** A window in memory: its figures, and what is still to be done with it. All that a call looks up is here. */
final class Window {

    static final long NEVER = Long.MIN_VALUE;

    final WindowPage page;
    final WindowSize size;
    final long start;
    final WindowFigures figures = new WindowFigures();

    /** Whether it is stored in its page, and not alone. */
    boolean inPage;

    /** Whether the figures have changed in this step, and whether there were any before. */
    boolean changed;

    boolean wasThere;

    /** Whether the store does not have these figures. */
    boolean unwritten;

    /** Whether the store says that they were not emitted, or would have to. */
    boolean storedUnsent;

    /** Whether a restart found that the figures were emitted, though there was a note. */
    boolean sentBefore;

    /** Whether the figures must be put together again from the calls; until then nobody knows them. */
    boolean outdated;

    /** Whether it is held back, because of a notification received then, and until when. */
    boolean held;

    long receipt;
    long until;

    /** What a restart reads of a window that is held back. */
    WindowNotes.@Nullable Note note;

    /** When it was last emitted. */
    long sentAt = NEVER;

    /** @param start in milliseconds since the epoch */
    Window(WindowPage page, WindowSize size, long start) {
        this.page = page;
        this.size = size;
        this.start = start;
    }

    /** Made when it is asked for: hundreds of thousands of windows wait in memory. */
    WindowKey key() {
        PageKey of = page.key;
        return new WindowKey(of.accountId(), of.scope(), of.scopeId(), size, start);
    }

    /** Whether there is something to store in the page; of an empty one only that this was not emitted yet. */
    boolean belongsInPage() {
        return inPage && (isUnsent() || !figures.isEmpty());
    }

    /** Whether what a restart finds in the store may not have been emitted. */
    boolean isUnsent() {
        return unwritten || outdated || storedUnsent;
    }

    /** Whether it was emitted so short a time ago that it has to wait. */
    boolean isSpaced(long time, long interval) {
        return sentAt != NEVER && time - sentAt < interval;
    }

    /** Whether the store knows all of it. */
    boolean isIdle(long time, long interval) {
        return !(changed || unwritten || outdated || held || isSpaced(time, interval));
    }
}
