package io.callweave.topology.windows;

import io.callweave.call.event.SessionKey;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.settings.value.StateFormat;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.StoreKeys;
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
 * The windows of a home partition, and the calls that are counted in them. Everything of one account and one day of UTC lies together,
 * because it is kept and dropped together. The windows in use are kept in memory: this task is the only one that writes them.
 */
public final class WindowStore {

    private static final long DAY_MS = 24 * 60 * 60_000L;
    private static final int CACHED_WINDOWS = 4_096;
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final StateFormat format;
    private final Map<WindowKey, WindowAggregate> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<WindowKey, WindowAggregate> eldest) {
            return size() > CACHED_WINDOWS;
        }
    };

    /** What has changed since it was last written, and must be emitted; a busy window changes often in between. */
    private final Map<WindowKey, WindowAggregate> unwritten = new HashMap<>();

    /** By account and day: what was not written before a restart. The store has the calls, but not what they add up to. */
    private final Map<SessionKey, WindowRecovery> recoveries = new HashMap<>();

    /** Where dropping goes on, by the beginning of the keys of what is dropped. */
    private final Map<Bytes, Bytes> dropped = new HashMap<>();

    /** @param format that is written; all others are read, too */
    public WindowStore(KeyValueStore<Bytes, byte[]> store, StateFormat format) {
        this.store = store;
        this.format = format;
    }

    /** The number of the day of UTC in which a time lies. */
    public static long dayOf(long time) {
        return Math.floorDiv(time, DAY_MS);
    }

    /** What the window holds; empty if it is not there. */
    public WindowAggregate get(WindowKey window) {
        WindowAggregate changed = unwritten.get(window);
        if (changed != null) {
            return changed;
        }
        return cache.computeIfAbsent(window, key -> {
            byte[] value = store.get(windowKey(key));
            return value == null ? WindowAggregate.EMPTY : WindowCodec.readWindow(value);
        });
    }

    /**
     * Takes what the window holds now. It is not kept before it is {@linkplain #write written}; until then there has to be a
     * {@linkplain #putUnsent note} that it must be emitted, which a restart reads.
     */
    public void change(WindowKey window, WindowAggregate aggregate) {
        unwritten.put(window, aggregate);
    }

    /** Keeps what the window holds; nothing of an empty one. */
    public void write(WindowKey window) {
        WindowAggregate aggregate = get(window);
        unwritten.remove(window);
        cache.put(window, aggregate);
        if (aggregate.isEmpty()) {
            store.put(windowKey(window), null);
        } else {
            store.put(windowKey(window), WindowCodec.write(aggregate, format));
        }
    }

    /** How the call is counted now; null if it is not. */
    @Nullable
    public CountedCall counted(String accountId, String callId) {
        byte[] value = store.get(callKey(accountId, callId));
        return value == null ? null : WindowCodec.readCall(value);
    }

    public void putCounted(String accountId, String callId, CountedCall call) {
        store.put(callKey(accountId, callId), WindowCodec.write(call, format));
        store.put(callOnDay(accountId, dayOf(call.startTime()), callId), PRESENT);
    }

    void deleteCounted(String accountId, String callId, CountedCall call) {
        store.put(callKey(accountId, callId), null);
        store.put(callOnDay(accountId, dayOf(call.startTime()), callId), null);
    }

    /** The window must be computed again from its calls, because its value may be wrong. It must be noted as unsent. */
    void outdate(WindowKey window) {
        unwritten.remove(window);
        cache.remove(window);
        recoveries
                .computeIfAbsent(
                        recoveryOf(window), key -> new WindowRecovery(this, window.accountId(), dayOf(window.start())))
                .add(window);
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
     */
    void recover(WindowKey window, int limit) {
        SessionKey key = recoveryOf(window);
        WindowRecovery recovery = Objects.requireNonNull(recoveries.get(key));
        recovery.goOn(limit);
        if (recovery.isDone()) {
            recoveries.remove(key);
            recovery.windows().forEach((each, aggregate) -> {
                if (aggregate.isExact()) {
                    unwritten.put(each, aggregate);
                } else {
                    // So much was taken out of it meanwhile that it has to begin again.
                    outdate(each);
                }
            });
        }
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
     * Deletes what there is of a day. Each time it begins where it ended the last time: what was deleted before would have to
     * be stepped over.
     *
     * @param limit how many entries at the most
     * @return how many there were
     */
    public int drop(String accountId, long day, int limit) {
        cache.keySet().removeIf(key -> key.accountId().equals(accountId) && dayOf(key.start()) == day);
        List<Bytes> windows = next(StoreKeys.Kind.WINDOW, accountId, day, limit);
        windows.forEach(window -> store.put(window, null));
        List<Bytes> calls = next(StoreKeys.Kind.COUNTED_ON, accountId, day, limit - windows.size());
        for (Bytes call : calls) {
            store.put(callKey(accountId, callOf(call)), null);
            store.put(call, null);
        }
        return windows.size() + calls.size();
    }

    /** The next entries of a day that is dropped. */
    private List<Bytes> next(StoreKeys.Kind kind, String accountId, long day, int limit) {
        Bytes first = Bytes.wrap(StoreKeys.ofDay(kind, accountId, day).bytes());
        List<Bytes> keys = new ArrayList<>();
        if (limit > 0) {
            try (KeyValueIterator<Bytes, byte[]> entries =
                    store.range(dropped.getOrDefault(first, first), endOfDay(kind, accountId, day))) {
                while (entries.hasNext() && keys.size() < limit) {
                    keys.add(entries.next().key);
                }
            }
        }
        if (keys.size() < limit) {
            dropped.remove(first);
        } else if (!keys.isEmpty()) {
            dropped.put(first, keys.get(keys.size() - 1));
        }
        return keys;
    }

    /** The calls that began on a day, in the order of their keys, those that are {@linkplain #isBehind behind} one. */
    List<String> callsOn(String accountId, long day, @Nullable String after, int limit) {
        List<String> calls = new ArrayList<>();
        Bytes from = after == null
                ? Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.COUNTED_ON, accountId, day)
                        .bytes())
                : callOnDay(accountId, day, after);
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.range(from, endOfDay(StoreKeys.Kind.COUNTED_ON, accountId, day))) {
            while (entries.hasNext() && calls.size() < limit) {
                String callId = callOf(entries.next().key);
                if (!callId.equals(after)) {
                    calls.add(callId);
                }
            }
        }
        return calls;
    }

    private static String callOf(Bytes callOnDay) {
        BinaryReader in = StoreKeys.reader(callOnDay);
        in.string();
        in.i64();
        return in.string();
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

    /** Remembers that the window must still be emitted, because of a notification that was received then. */
    public void putUnsent(WindowKey window, long cause) {
        store.put(
                key(StoreKeys.Kind.UNSENT, window),
                new BinaryWriter(9).format(format).i64(cause).bytes());
    }

    void deleteUnsent(WindowKey window) {
        store.put(key(StoreKeys.Kind.UNSENT, window), null);
    }

    /** Reads the windows that must still be emitted, and the receipt of what changed them. */
    public Map<WindowKey, Long> unsent() {
        Map<WindowKey, Long> unsent = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.UNSENT))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                BinaryReader in = new BinaryReader(entry.value);
                in.format("A window to be emitted");
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
    public static WindowKey windowOf(Bytes key) {
        BinaryReader in = StoreKeys.reader(key);
        String account = in.string();
        in.i64();
        WindowSize size = WindowCodec.numbered(WindowSize.values(), in.u8());
        long start = in.i64();
        Scope scope = WindowCodec.numbered(Scope.values(), in.u8());
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

    /** Behind all entries of the day: nothing that follows the day in a key begins with so many bits. */
    private static Bytes endOfDay(StoreKeys.Kind kind, String accountId, long day) {
        return Bytes.wrap(StoreKeys.ofDay(kind, accountId, day).i64(-1).bytes());
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
