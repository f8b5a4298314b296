package io.callweave.topology;

import io.callweave.call.SessionKey;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The windows of stage 2, and the calls that are counted in them. Everything of one account and one day of UTC lies together,
 * because it is kept and dropped together. The windows in use are kept in memory: this task is the only one that writes them.
 */
final class WindowTable {

    private static final long DAY_MS = 24 * 60 * 60_000L;
    private static final int CACHED_WINDOWS = 4_096;
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<WindowKey, WindowAggregate> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<WindowKey, WindowAggregate> eldest) {
            return size() > CACHED_WINDOWS;
        }
    };

    /** What has changed since it was last written, and is to be given out; a busy window changes often in between. */
    private final Map<WindowKey, WindowAggregate> unwritten = new HashMap<>();

    /** Windows that were not written before a restart: the store has their calls, but not what these add up to. */
    private final Set<WindowKey> outdated = new HashSet<>();

    WindowTable(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The number of the day of UTC in which a time lies. */
    static long dayOf(long time) {
        return Math.floorDiv(time, DAY_MS);
    }

    /** What the window holds; empty if it is not there. */
    WindowAggregate get(WindowKey window) {
        WindowAggregate changed = unwritten.get(window);
        if (changed != null) {
            return changed;
        }
        if (outdated.contains(window)) {
            recompute(window.accountId(), dayOf(window.start()));
            return unwritten.getOrDefault(window, WindowAggregate.EMPTY);
        }
        return cache.computeIfAbsent(window, key -> {
            byte[] value = store.get(windowKey(key));
            return value == null ? WindowAggregate.EMPTY : WindowForms.readWindow(value);
        });
    }

    /**
     * Takes what the window holds now. It is not kept before it is {@linkplain #write written}; until then there has to be a
     * {@linkplain #putUnsent note} that it is to be given out, from which a restart knows that.
     */
    void change(WindowKey window, WindowAggregate aggregate) {
        unwritten.put(window, aggregate);
    }

    /** Keeps what the window holds; nothing of an empty one. */
    void write(WindowKey window) {
        WindowAggregate aggregate = get(window);
        unwritten.remove(window);
        cache.put(window, aggregate);
        if (aggregate.isEmpty()) {
            store.delete(windowKey(window));
        } else {
            store.put(windowKey(window), WindowForms.write(aggregate));
        }
    }

    /** How the call is counted now; null if it is not. */
    @Nullable
    CountedCall counted(String accountId, String callId) {
        byte[] value = store.get(callKey(accountId, callId));
        return value == null ? null : WindowForms.readCall(value);
    }

    void putCounted(String accountId, String callId, CountedCall call) {
        store.put(callKey(accountId, callId), WindowForms.write(call));
        store.put(callOnDay(accountId, dayOf(call.startTime()), callId), PRESENT);
    }

    void deleteCounted(String accountId, String callId, CountedCall call) {
        store.delete(callKey(accountId, callId));
        store.delete(callOnDay(accountId, dayOf(call.startTime()), callId));
    }

    /** The window put together anew from the calls that are counted in it: a day of a time zone lies in two of UTC. */
    WindowAggregate recomputed(WindowKey window) {
        WindowAggregate aggregate = WindowAggregate.EMPTY;
        long day = dayOf(window.start());
        for (long each = day; each <= day + 1; each++) {
            for (String callId : callsOn(window.accountId(), each, Integer.MAX_VALUE)) {
                CountedCall call = counted(window.accountId(), callId);
                Measures measures =
                        call == null ? null : call.windows(window.accountId()).get(window);
                if (measures != null) {
                    aggregate = aggregate.plus(measures);
                }
            }
        }
        return aggregate;
    }

    /** Puts all outdated windows of a day together at once, because each needs all calls of it. */
    private void recompute(String accountId, long day) {
        Map<WindowKey, WindowAggregate> windows = new HashMap<>();
        for (WindowKey window : outdated) {
            if (window.accountId().equals(accountId) && dayOf(window.start()) == day) {
                windows.put(window, WindowAggregate.EMPTY);
            }
        }
        for (long each = day; each <= day + 1; each++) {
            for (String callId : callsOn(accountId, each, Integer.MAX_VALUE)) {
                CountedCall call = counted(accountId, callId);
                Map<WindowKey, Measures> added = call == null ? Map.of() : call.windows(accountId);
                added.forEach((window, measures) ->
                        windows.computeIfPresent(window, (key, aggregate) -> aggregate.plus(measures)));
            }
        }
        outdated.removeAll(windows.keySet());
        unwritten.putAll(windows);
    }

    /**
     * Deletes what there is of a day.
     *
     * @param limit how many entries at the most
     * @return how many there were
     */
    int drop(String accountId, long day, int limit) {
        List<Bytes> windows = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, windowsOf(accountId, day))) {
            while (entries.hasNext() && windows.size() < limit) {
                windows.add(entries.next().key);
            }
        }
        windows.forEach(store::delete);
        cache.keySet().removeIf(key -> key.accountId().equals(accountId) && dayOf(key.start()) == day);
        List<String> calls = callsOn(accountId, day, limit - windows.size());
        for (String callId : calls) {
            store.delete(callKey(accountId, callId));
            store.delete(callOnDay(accountId, day, callId));
        }
        return windows.size() + calls.size();
    }

    private List<String> callsOn(String accountId, long day, int limit) {
        List<String> calls = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, callsOfDay(accountId, day))) {
            while (entries.hasNext() && calls.size() < limit) {
                BinaryReader in = StoreKeys.reader(entries.next().key);
                in.string();
                in.i64();
                calls.add(in.string());
            }
        }
        return calls;
    }

    /** Whether anything was ever counted here. */
    boolean isNew() {
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.DAY))) {
            return !entries.hasNext();
        }
    }

    /** Remembers that the window still has to be given out, because of a notification that was received then. */
    void putUnsent(WindowKey window, long cause) {
        store.put(
                key(StoreKeys.Kind.UNSENT, window),
                new BinaryWriter(9).u8(1).i64(cause).bytes());
    }

    void deleteUnsent(WindowKey window) {
        store.delete(key(StoreKeys.Kind.UNSENT, window));
    }

    /** Takes up the windows that still have to be given out, and the receipt of what changed them. */
    Map<WindowKey, Long> unsent() {
        Map<WindowKey, Long> unsent = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.UNSENT))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                BinaryReader in = new BinaryReader(entry.value);
                in.version(1, "A window to be given out");
                unsent.put(windowOf(entry.key), in.i64());
            }
        }
        outdated.addAll(unsent.keySet());
        return unsent;
    }

    /** The window that an entry of the kinds of windows is about. */
    static WindowKey windowOf(Bytes key) {
        BinaryReader in = StoreKeys.reader(key);
        String account = in.string();
        in.i64();
        WindowSize size = WindowForms.numbered(WindowSize.values(), in.u8());
        long start = in.i64();
        Scope scope = WindowForms.numbered(Scope.values(), in.u8());
        return new WindowKey(account, scope, in.string(), size, start);
    }

    private static Bytes windowKey(WindowKey window) {
        return key(StoreKeys.Kind.WINDOW, window);
    }

    private static Bytes key(StoreKeys.Kind kind, WindowKey window) {
        return Bytes.wrap(StoreKeys.ofDay(kind, window.accountId(), dayOf(window.start()))
                .u8(window.size().number())
                .i64(window.start())
                .u8(window.scope().number())
                .string(window.scopeId())
                .bytes());
    }

    private static Bytes windowsOf(String accountId, long day) {
        return Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.WINDOW, accountId, day).bytes());
    }

    private static Bytes callsOfDay(String accountId, long day) {
        return Bytes.wrap(
                StoreKeys.ofDay(StoreKeys.Kind.COUNTED_ON, accountId, day).bytes());
    }

    private static Bytes callOnDay(String accountId, long day, String callId) {
        return Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.COUNTED_ON, accountId, day)
                .string(callId)
                .bytes());
    }

    private static Bytes callKey(String accountId, String callId) {
        return StoreKeys.session(StoreKeys.Kind.COUNTED, new SessionKey(accountId, callId));
    }
}
