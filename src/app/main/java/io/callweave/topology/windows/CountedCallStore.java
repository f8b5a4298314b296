package io.callweave.topology.windows;

import io.callweave.metrics.CountedCall;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.CountedOn;
import io.callweave.topology.state.StoreKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What each call has added to its windows, to take it out again, and to put windows together again. It lies under the day on
 * which the call began.
 */
public final class CountedCallStore {

    private final KeyValueStore<Bytes, byte[]> store;

    /** How a call is counted. */
    record Entry(String callId, CountedCall call) {}

    public CountedCallStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * How the call is counted now; null if it is not.
     *
     * @param countedOn the day under which it lies, as {@link CountedOn} has it
     */
    @Nullable
    public CountedCall get(String accountId, String callId, long countedOn) {
        if (countedOn == CountedOn.NO_DAY) {
            return null;
        }
        byte[] value = store.get(callOnDay(accountId, countedOn, callId));
        return value == null ? null : CountedCallCodec.read(value);
    }

    /** Returns the day under which it lies now. */
    public long put(String accountId, String callId, CountedCall call) {
        long day = WindowStore.dayOf(call.startTime());
        store.put(callOnDay(accountId, day, callId), CountedCallCodec.write(call));
        return day;
    }

    void delete(String accountId, String callId, CountedCall call) {
        store.put(callOnDay(accountId, WindowStore.dayOf(call.startTime()), callId), null);
    }

    /** The calls that began on a day, in the order of their keys, those that are {@linkplain #isBehind behind} one. */
    List<Entry> callsOn(String accountId, long day, @Nullable String after, int limit) {
        List<Entry> calls = new ArrayList<>();
        Bytes from = after == null
                ? Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.COUNTED_ON, accountId, day)
                        .bytes())
                : callOnDay(accountId, day, after);
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.range(from, WindowStore.endOfDay(StoreKeys.Kind.COUNTED_ON, accountId, day))) {
            while (entries.hasNext() && calls.size() < limit) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                String callId = callOf(entry.key);
                if (!callId.equals(after)) {
                    calls.add(new Entry(callId, CountedCallCodec.read(entry.value)));
                }
            }
        }
        return calls;
    }

    /** Whether the one call comes after the other in {@link #callsOn}. */
    static boolean isBehind(String callId, String other) {
        return callOnDay("", 0, callId).compareTo(callOnDay("", 0, other)) > 0;
    }

    private static String callOf(Bytes callOnDay) {
        BinaryReader in = StoreKeys.reader(callOnDay);
        in.string();
        in.i64();
        return in.string();
    }

    private static Bytes callOnDay(String accountId, long day, String callId) {
        return Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.COUNTED_ON, accountId, day)
                .string(callId)
                .bytes());
    }
}
