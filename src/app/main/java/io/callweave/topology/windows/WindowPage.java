package io.callweave.topology.windows;

import io.callweave.metrics.WindowSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one subject that begin on a day of UTC: an account, extension, queue, number or department. A call changes
 * one of each size, so the small ones that were last used are stored together, as one value.
 */
final class WindowPage {

    /** As many windows are stored together at most. */
    private static final int MOST_TOGETHER = 8;

    /** From as many windows on, those that are not needed are forgotten. */
    private static final int MOST_IN_MEMORY = 32;

    private static final int SIZES = WindowSize.values().length;

    static final long NONE = Long.MIN_VALUE;

    final PageKey key;

    /** Those in memory; all that are stored together are. */
    private final List<Window> windows = new ArrayList<>(4);

    /** Of each of them {@link #place}: to look for one must not fetch the others from memory. */
    private long[] places = new long[4];

    /** Whether it is in the store. */
    boolean stored;

    /** Whether windows of it may be stored alone. */
    boolean hasOthers;

    /**
     * By {@link WindowSize#number}, the latest beginning of a window that may be stored alone. What begins later is not looked
     * for.
     */
    private final long[] latestAlone = new long[SIZES];

    /** Whether it must be written at the end of the step. */
    boolean dirty;

    WindowPage(PageKey key) {
        this.key = key;
        Arrays.fill(latestAlone, NONE);
    }

    boolean mayHaveAlone(WindowSize size, long start) {
        return start <= latestAlone[size.number()];
    }

    void hasAlone(WindowSize size, long start) {
        hasOthers = true;
        latestAlone[size.number()] = Math.max(start, latestAlone[size.number()]);
    }

    /** {@link #NONE}, or a time. */
    long latestAlone(WindowSize size) {
        return latestAlone[size.number()];
    }

    /** Those in memory; all that are stored together are. */
    List<Window> windows() {
        return windows;
    }

    void add(Window window) {
        if (windows.size() == places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[windows.size()] = place(window.size, window.start);
        windows.add(window);
    }

    /** Null if it is not in memory. The last ones are looked for most often. */
    @Nullable
    Window find(WindowSize size, long start) {
        long place = place(size, start);
        for (int i = windows.size() - 1; i >= 0; i--) {
            if (places[i] == place) {
                return windows.get(i);
            }
        }
        return null;
    }

    /** A number that no other window of the page has. */
    private static long place(WindowSize size, long start) {
        return start * SIZES + size.number();
    }

    /** The window that had better be stored alone; null if there is room for all. */
    @Nullable
    Window superfluous(Window added) {
        int together = 0;
        Window oldest = null;
        for (Window window : windows) {
            if (window.inPage) {
                together++;
                // One that was not emitted must not be found without that in the store.
                if (window != added && !window.isUnsent() && (oldest == null || endOf(window) < endOf(oldest))) {
                    oldest = window;
                }
            }
        }
        return together > MOST_TOGETHER ? oldest : null;
    }

    /** Which of two windows ends first gets its last call first, mostly. */
    private static long endOf(Window window) {
        return window.start + window.size.length();
    }

    void forgetIdle(long time, long interval) {
        if (windows.size() > MOST_IN_MEMORY) {
            windows.removeIf(window -> !window.inPage && window.isIdle(time, interval));
            for (int i = 0; i < windows.size(); i++) {
                places[i] = place(windows.get(i).size, windows.get(i).start);
            }
        }
    }

    boolean isIdle(long time, long interval) {
        if (dirty) {
            return false;
        }
        for (Window window : windows) {
            if (!window.isIdle(time, interval)) {
                return false;
            }
        }
        return true;
    }
}
