package io.callweave.topology.facts;

import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.state.StoreKeys;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Meetings, and notifications that are kept as they came: until their session is certain, they may have to go back. */
final class FactStore {

    private final KeyValueStore<Bytes, byte[]> store;

    FactStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Nullable
    Meeting find(Anchor anchor) {
        byte[] known = store.get(key(anchor));
        return known == null ? null : Meeting.read(anchor, known);
    }

    void put(Anchor anchor, @Nullable Meeting meeting) {
        store.put(key(anchor), meeting == null ? null : meeting.bytes());
    }

    RepartitionMessage.@Nullable Routed notice(String accountId, String name) {
        byte[] kept = store.get(StoreKeys.named(StoreKeys.Kind.NOTICE, accountId, name));
        return kept == null ? null : RepartitionMessage.Routed.read(kept);
    }

    void put(String accountId, String name, RepartitionMessage.@Nullable Routed notice) {
        store.put(
                StoreKeys.named(StoreKeys.Kind.NOTICE, accountId, name),
                notice == null ? null : RepartitionMessage.bytes(notice));
    }

    private static Bytes key(Anchor anchor) {
        return StoreKeys.named(StoreKeys.Kind.ANCHOR, anchor.accountId(), anchor.name());
    }
}
