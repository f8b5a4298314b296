package io.callweave.topology.windows;

import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.topology.state.StoreKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * How windows lie in the store. Everything of one account and one day of UTC lies together, because it is kept and dropped
 * together. The {@linkplain WindowPage small windows} of a page are one entry.
 */
public final class WindowStore {

    private static final long DAY_MS = 24 * 60 * 60_000L;

    private final KeyValueStore<Bytes, byte[]> store;

    /** Where dropping goes on, by the beginning of the keys of what is dropped. */
    private final Map<Bytes, Bytes> dropped = new HashMap<>();

    public WindowStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The number of the day of UTC in which a time lies. */
    public static long dayOf(long time) {
        return Math.floorDiv(time, DAY_MS);
    }

    static long startOf(long day) {
        return day * DAY_MS;
    }

    /** The page with the windows that are stored together. */
    WindowPage page(PageKey key) {
        byte[] value = store.get(pageKey(key));
        WindowPage page = new WindowPage(key);
        if (value != null) {
            WindowCodec.readPage(value, page);
        }
        return page;
    }

    void putPage(WindowPage page) {
        boolean empty = !page.hasOthers && page.windows().stream().noneMatch(Window::belongsInPage);
        if (page.stored || !empty) {
            store.put(pageKey(page.key), empty ? null : WindowCodec.write(page));
        }
        page.stored = !empty;
    }

    /** What a window holds that is stored alone; null if it is not there. */
    @Nullable
    WindowAggregate window(WindowKey window) {
        byte[] value = store.get(windowKey(window));
        return value == null ? null : WindowCodec.readWindow(value);
    }

    /** Nothing of an empty one. */
    void putWindow(WindowKey window, WindowFigures figures) {
        store.put(windowKey(window), figures.isEmpty() ? null : figures.form());
    }

    /**
     * Deletes what there is of a day. Each time it begins where it ended the last time: what was deleted before would have to
     * be stepped over.
     *
     * @param limit how many entries at the most
     * @return how many there were
     */
    int drop(String accountId, long day, int limit) {
        List<Bytes> keys = next(StoreKeys.Kind.WINDOW, accountId, day, limit);
        keys.addAll(next(StoreKeys.Kind.PAGE, accountId, day, limit - keys.size()));
        keys.addAll(next(StoreKeys.Kind.COUNTED_ON, accountId, day, limit - keys.size()));
        keys.forEach(key -> store.put(key, null));
        return keys.size();
    }

    /** The next entries of a day that is dropped. */
    private List<Bytes> next(StoreKeys.Kind kind, String accountId, long day, int limit) {
        Bytes first = Bytes.wrap(StoreKeys.ofDay(kind, accountId, day).bytes());
        List<Bytes> found = new ArrayList<>();
        if (limit > 0) {
            try (KeyValueIterator<Bytes, byte[]> entries =
                    store.range(dropped.getOrDefault(first, first), endOfDay(kind, accountId, day))) {
                while (entries.hasNext() && found.size() < limit) {
                    found.add(entries.next().key);
                }
            }
        }
        if (found.size() < limit) {
            dropped.remove(first);
        } else if (!found.isEmpty()) {
            dropped.put(first, found.get(found.size() - 1));
        }
        return found;
    }

    /** Whether anything was ever counted here. */
    boolean isNew() {
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.DAY))) {
            return !entries.hasNext();
        }
    }

    private static Bytes pageKey(PageKey page) {
        return Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.PAGE, page.accountId(), page.day())
                .u8(page.scope().number())
                .string(page.scopeId())
                .bytes());
    }

    private static Bytes windowKey(WindowKey window) {
        return Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.WINDOW, window.accountId(), dayOf(window.start()))
                .u8(window.size().number())
                .i64(window.start())
                .u8(window.scope().number())
                .string(window.scopeId())
                .bytes());
    }

    /** Behind all entries of the day: nothing that follows the day in a key begins with so many bits. */
    static Bytes endOfDay(StoreKeys.Kind kind, String accountId, long day) {
        return Bytes.wrap(StoreKeys.ofDay(kind, accountId, day).i64(-1).bytes());
    }
}
