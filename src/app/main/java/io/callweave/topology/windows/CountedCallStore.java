package io.callweave.topology.windows;

import io.callweave.call.event.SessionKey;
import io.callweave.metrics.CountedCall;
import io.callweave.settings.value.StateFormat;
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
 * which the call began. Up to format 2 that entry says only that there is another one, under the call's id alone.
 */
public final class CountedCallStore {

    /** The first format in which a call is one entry. */
    private static final int ALONE = 3;

    /** Says that there is an entry under the call's id. */
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final StateFormat format;

    /** How a call is counted. */
    record Entry(String callId, CountedCall call) {}

    /** @param format that is written; all others are read, too */
    public CountedCallStore(KeyValueStore<Bytes, byte[]> store, StateFormat format) {
        this.store = store;
        this.format = format;
    }

    /**
     * How the call is counted now; null if it is not.
     *
     * @param countedOn the day under which it lies, as {@link CountedOn} has it
     * @param likely the day to look at if that is not known
     */
    @Nullable
    public CountedCall get(String accountId, String callId, long countedOn, long likely) {
        if (countedOn == CountedOn.NO_DAY) {
            return null;
        }
        if (countedOn != CountedOn.UNKNOWN) {
            return read(accountId, callId, store.get(callOnDay(accountId, countedOn, callId)));
        }
        CountedCall underId = underId(accountId, callId);
        return underId != null ? underId : read(accountId, callId, store.get(callOnDay(accountId, likely, callId)));
    }

    private @Nullable CountedCall read(String accountId, String callId, byte @Nullable [] onDay) {
        if (onDay == null) {
            return null;
        }
        return isElsewhere(onDay) ? underId(accountId, callId) : CountedCallCodec.read(onDay);
    }

    private @Nullable CountedCall underId(String accountId, String callId) {
        byte[] value = store.get(callKey(accountId, callId));
        return value == null ? null : CountedCallCodec.read(value);
    }

    private static boolean isElsewhere(byte[] onDay) {
        return onDay.length == PRESENT.length;
    }

    /** Returns the day under which it lies now. */
    public long put(String accountId, String callId, CountedCall call) {
        long day = WindowStore.dayOf(call.startTime());
        byte[] value = CountedCallCodec.write(call, format);
        if (format.isAtLeast(ALONE)) {
            store.put(callOnDay(accountId, day, callId), value);
        } else {
            store.put(callKey(accountId, callId), value);
            store.put(callOnDay(accountId, day, callId), PRESENT);
        }
        return day;
    }

    void delete(String accountId, String callId, CountedCall call) {
        Bytes onDay = callOnDay(accountId, WindowStore.dayOf(call.startTime()), callId);
        delete(accountId, onDay, store.get(onDay));
    }

    /** Deletes what there is under a key of {@link #callOnDay}. */
    void delete(String accountId, Bytes onDay, byte @Nullable [] value) {
        if (value != null && isElsewhere(value)) {
            store.put(callKey(accountId, callOf(onDay)), null);
        }
        store.put(onDay, null);
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
                CountedCall call = callId.equals(after) ? null : read(accountId, callId, entry.value);
                if (call != null) {
                    calls.add(new Entry(callId, call));
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

    private static Bytes callKey(String accountId, String callId) {
        return StoreKeys.session(StoreKeys.Kind.COUNTED, new SessionKey(accountId, callId));
    }

    private static Bytes callOnDay(String accountId, long day, String callId) {
        return Bytes.wrap(StoreKeys.ofDay(StoreKeys.Kind.COUNTED_ON, accountId, day)
                .string(callId)
                .bytes());
    }
}
