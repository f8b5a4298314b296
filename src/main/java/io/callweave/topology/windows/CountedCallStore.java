package io.callweave.topology.windows;

import io.callweave.call.event.SessionKey;
import io.callweave.metrics.CountedCall;
import io.callweave.settings.value.StateFormat;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.StoreKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What each call has added to its windows, to take it out again, and to put windows together again. */
public final class CountedCallStore {

    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final StateFormat format;

    /** @param format that is written; all others are read, too */
    public CountedCallStore(KeyValueStore<Bytes, byte[]> store, StateFormat format) {
        this.store = store;
        this.format = format;
    }

    /** How the call is counted now; null if it is not. */
    @Nullable
    public CountedCall get(String accountId, String callId) {
        byte[] value = store.get(callKey(accountId, callId));
        return value == null ? null : CountedCallCodec.read(value);
    }

    public void put(String accountId, String callId, CountedCall call) {
        store.put(callKey(accountId, callId), CountedCallCodec.write(call, format));
        store.put(callOnDay(accountId, WindowStore.dayOf(call.startTime()), callId), PRESENT);
    }

    void delete(String accountId, String callId, CountedCall call) {
        store.put(callKey(accountId, callId), null);
        store.put(callOnDay(accountId, WindowStore.dayOf(call.startTime()), callId), null);
    }

    /** The calls that began on a day, in the order of their keys, those that are {@linkplain #isBehind behind} one. */
    List<String> callsOn(String accountId, long day, @Nullable String after, int limit) {
        List<String> calls = new ArrayList<>();
        Bytes from = after == null
                ? Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.COUNTED_ON, accountId, day)
                        .bytes())
                : callOnDay(accountId, day, after);
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.range(from, WindowStore.endOfDay(StoreKeys.Kind.COUNTED_ON, accountId, day))) {
            while (entries.hasNext() && calls.size() < limit) {
                String callId = callOf(entries.next().key);
                if (!callId.equals(after)) {
                    calls.add(callId);
                }
            }
        }
        return calls;
    }

    /** Whether the one call comes after the other in {@link #callsOn}. */
    static boolean isBehind(String callId, String other) {
        return callOnDay("", 0, callId).compareTo(callOnDay("", 0, other)) > 0;
    }

    static String callOf(Bytes callOnDay) {
        BinaryReader in = StoreKeys.reader(callOnDay);
        in.string();
        in.i64();
        return in.string();
    }

    static Bytes callKey(String accountId, String callId) {
        return StoreKeys.session(StoreKeys.Kind.COUNTED, new SessionKey(accountId, callId));
    }

    private static Bytes callOnDay(String accountId, long day, String callId) {
        return Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.COUNTED_ON, accountId, day)
                .string(callId)
                .bytes());
    }
}
