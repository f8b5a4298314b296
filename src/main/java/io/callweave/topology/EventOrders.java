package io.callweave.topology;

import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import io.callweave.notification.PartyEvents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The {@link EventOrder} of each session, one value each, and the bodies of the events that a gap holds up. */
final class EventOrders {

    /** Sessions that are kept in memory; the store has them all. */
    private static final int CACHED_SESSIONS = 2_048;

    private final KeyValueStore<Bytes, byte[]> store;
    private final MessageDigest digest = sha256();
    private final Map<SessionKey, EventOrder> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionKey, EventOrder> eldest) {
            return size() > CACHED_SESSIONS;
        }
    };

    EventOrders(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The order of a session, to be changed and then {@linkplain #put put}. */
    EventOrder get(SessionKey key) {
        return cache.computeIfAbsent(
                key, session -> EventOrder.read(store.get(StoreKeys.session(StoreKeys.Kind.ORDER, session))));
    }

    void put(SessionKey key, EventOrder order) {
        store.put(StoreKeys.session(StoreKeys.Kind.ORDER, key), order.write());
    }

    void forget(SessionKey key) {
        store.delete(StoreKeys.session(StoreKeys.Kind.ORDER, key));
        cache.remove(key);
    }

    void hold(PartyEvent event) {
        store.put(
                StoreKeys.event(StoreKeys.Kind.HELD, event.session(), event.sequence(), event.partyId()),
                event.body().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a held event out. */
    PartyEvent takeHeld(SessionKey key, PartyEvent.Place place) {
        Bytes at = StoreKeys.event(StoreKeys.Kind.HELD, key, place.sequence(), place.partyId());
        String body = new String(store.delete(at), StandardCharsets.UTF_8);
        return PartyEvents.fromBody(key, place.sequence(), body);
    }

    /** The first 64 bits of SHA-256: a sender cannot make two bodies collide to have one dropped. */
    long hash(PartyEvent event) {
        return ByteBuffer.wrap(digest.digest(event.body().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
