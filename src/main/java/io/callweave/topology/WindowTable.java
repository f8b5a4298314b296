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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** By account and day: what was not written before a restart. The store has the calls, but not what they add up to. */
    private final Map<SessionKey, WindowRecovery> recoveries = new HashMap<>();

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

    /** Whether the window still has to be {@linkplain #recover put together}; until then nobody knows what it holds. */
    boolean isOutdated(WindowKey window) {
        WindowRecovery recovery = recoveries.isEmpty() ? null : recoveries.get(recoveryOf(window));
        return recovery != null && recovery.isOf(window);
    }

    /**
     * Goes on putting an outdated window together, and with it the others of its account and day.
     *
     * @param limit through how many calls at the most
     * @return through how many it went
     */
    int recover(WindowKey window, int limit) {
        SessionKey key = recoveryOf(window);
        WindowRecovery recovery = Objects.requireNonNull(recoveries.get(key));
        int passed = recovery.goOn(limit);
        if (recovery.isDone()) {
            recoveries.remove(key);
            recovery.windows()
                    .forEach((each, aggregate) ->
                            unwritten.put(each, aggregate.isExact() ? aggregate : recomputed(each)));
        }
        return passed;
    }

    /** A call counts otherwise now, for the windows that are being put together. */
    void recount(String accountId, String callId, @Nullable CountedCall before, @Nullable CountedCall now) {
        for (WindowRecovery recovery : recoveries.isEmpty() ? List.<WindowRecovery>of() : recoveriesOf(accountId)) {
            recovery.changed(callId, before, now);
        }
    }

    private List<WindowRecovery> recoveriesOf(String accountId) {
        return recoveries.entrySet().stream()
                .filter(entry -> entry.getKey().accountId().equals(accountId))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** As days are kept elsewhere, the number of the day stands for a session. */
    private static SessionKey recoveryOf(WindowKey window) {
        return new SessionKey(window.accountId(), Long.toString(dayOf(window.start())));
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
        return callsOn(accountId, day, null, limit);
    }

    /** The calls that began on a day, in the order of their keys, those that are {@linkplain #isBehind behind} one. */
    List<String> callsOn(String accountId, long day, @Nullable String after, int limit) {
        List<String> calls = new ArrayList<>();
        Bytes from = after == null ? callsOfDay(accountId, day) : callOnDay(accountId, day, after);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, endOfDay(accountId, day))) {
            while (entries.hasNext() && calls.size() < limit) {
                BinaryReader in = StoreKeys.reader(entries.next().key);
                in.string();
                in.i64();
                String callId = in.string();
                if (!callId.equals(after)) {
                    calls.add(callId);
                }
            }
        }
        return calls;
    }

    /** Whether the one call comes after the other in {@link #callsOn}. */
    boolean isBehind(String callId, String other) {
        return callOnDay("", 0, callId).compareTo(callOnDay("", 0, other)) > 0;
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
        for (WindowKey window : unsent.keySet()) {
            recoveries
                    .computeIfAbsent(
                            recoveryOf(window),
                            key -> new WindowRecovery(this, window.accountId(), dayOf(window.start())))
                    .add(window);
        }
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

    /** Behind all calls of the day: no length of a string begins with so many bits. */
    private static Bytes endOfDay(String accountId, long day) {
        return Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.COUNTED_ON, accountId, day)
                .i64(-1)
                .bytes());
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
