package io.callweave.topology;

import io.callweave.call.SessionKey;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What was last emitted on {@code calls} under each account and call id; its revisions count on for good. */
final class CallLedger {

    private static final int VERSION = 1;

    private final KeyValueStore<Bytes, byte[]> store;

    /**
     * The last emission.
     *
     * @param superseded whether it said that the call is part of another one
     * @param json the record as emitted
     */
    record Entry(long revision, boolean superseded, byte[] json) {}

    CallLedger(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Nullable
    Entry get(String accountId, String callId) {
        byte[] value = store.get(key(accountId, callId));
        if (value == null) {
            return null;
        }
        BinaryReader in = new BinaryReader(value);
        in.version(VERSION, "A ledger entry");
        return new Entry(in.varint(), in.u8() == 1, in.rest());
    }

    void put(String accountId, String callId, Entry entry) {
        store.put(
                key(accountId, callId),
                new BinaryWriter(16 + entry.json().length)
                        .u8(VERSION)
                        .varint(entry.revision())
                        .u8(entry.superseded() ? 1 : 0)
                        .raw(entry.json())
                        .bytes());
    }

    void delete(String accountId, String callId) {
        store.delete(key(accountId, callId));
    }

    private static Bytes key(String accountId, String callId) {
        return StoreKeys.session(StoreKeys.Kind.LEDGER, new SessionKey(accountId, callId));
    }
}
