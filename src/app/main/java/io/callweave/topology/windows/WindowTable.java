package io.callweave.topology.windows;

import io.callweave.metrics.Distribution;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The windows of a home partition, those in use in memory: this task is the only one that writes them. What it is asked to
 * {@linkplain #write} is in the store after the next {@link #flush}.
 */
public final class WindowTable {

    private static final int PAGES_IN_MEMORY = 2_048;

    /** Pages that are looked at for each one that comes, once there are too many. */
    private static final int LOOKS = 3;

    private final WindowStore store;
    private final long emitInterval;
    private final Map<PageKey, WindowPage> pages = new LinkedHashMap<>(16, 0.75f, true);
    private final List<WindowPage> dirty = new ArrayList<>();
    private long time = Long.MIN_VALUE;

    /** @param emitInterval for as long it is remembered in milliseconds that a window was emitted */
    public WindowTable(WindowStore store, long emitInterval) {
        this.store = store;
        this.emitInterval = emitInterval;
    }

    /** A new step at this time, which spaces out windows. */
    void begin(long now) {
        time = now;
    }

    /** What the window holds; empty if it is not there. */
    public WindowAggregate get(WindowKey window) {
        return window(window).figures.toAggregate();
    }

    Window window(WindowKey key) {
        WindowPage page = page(key.accountId(), key.scope(), key.scopeId(), WindowStore.dayOf(key.start()));
        return window(page, key.size(), key.start());
    }

    /** The page of a subject and a day of UTC. */
    WindowPage page(String accountId, Scope scope, String scopeId, long day) {
        PageKey key = new PageKey(accountId, scope, scopeId, day);
        WindowPage page = pages.get(key);
        if (page == null) {
            page = store.page(key);
            pages.put(key, page);
            forgetIdle();
        }
        return page;
    }

    Window window(WindowPage page, WindowSize size, long start) {
        Window known = page.find(size, start);
        return known == null ? read(page, size, start) : known;
    }

    private Window read(WindowPage page, WindowSize size, long start) {
        Window window = new Window(page, size, start);
        WindowAggregate alone = page.mayHaveAlone(size, start) ? store.window(window.key()) : null;
        if (alone != null) {
            window.figures.replaceBy(alone);
        } else {
            window.inPage = true;
        }
        page.forgetIdle(time, emitInterval);
        page.add(window);
        Window other = page.superfluous(window);
        while (other != null) {
            takeOut(other);
            store.putWindow(other.key(), other.figures);
            other = page.superfluous(window);
        }
        return window;
    }

    /** From now on it is stored alone. */
    private void takeOut(Window window) {
        window.inPage = false;
        window.page.hasAlone(window.size, window.start);
        dirty(window.page);
    }

    private void dirty(WindowPage page) {
        if (!page.dirty) {
            page.dirty = true;
            dirty.add(page);
        }
    }

    /** Keeps what the window holds; nothing of an empty one. */
    void write(Window window) {
        boolean isLarge = window.figures.calls() > Distribution.KEPT;
        if (window.inPage && isLarge) {
            // So many calls take more room; and it changes often, and would take the others with it.
            takeOut(window);
        }
        window.unwritten = false;
        window.storedUnsent = false;
        window.sentBefore = false;
        if (window.inPage) {
            dirty(window.page);
        } else {
            store.putWindow(window.key(), window.figures);
        }
    }

    /** To be called at the end of each step. */
    void flush() {
        for (WindowPage page : dirty) {
            page.dirty = false;
            store.putPage(page);
        }
        dirty.clear();
    }

    /**
     * Deletes what there is of a day; nothing of it may be held back.
     *
     * @param limit how many entries at the most
     * @return how many there were
     */
    int drop(String accountId, long day, int limit) {
        pages.keySet().removeIf(key -> key.day() == day && key.accountId().equals(accountId));
        return store.drop(accountId, day, limit);
    }

    private void forgetIdle() {
        for (int looks = 0; pages.size() > PAGES_IN_MEMORY && looks < LOOKS; looks++) {
            WindowPage eldest = pages.values().iterator().next();
            if (eldest.isIdle(time, emitInterval)) {
                pages.remove(eldest.key);
            } else {
                // To the end, so that it is not looked at again before all others.
                pages.get(eldest.key);
            }
        }
    }
}
