package io.callweave.topology;

import io.callweave.call.Joining;
import io.callweave.call.PartyEvent;
import io.callweave.call.Peer;
import io.callweave.call.Session;
import io.callweave.call.SessionKey;
import io.callweave.notification.PartyEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The sessions of stage 2. Each event is an entry of its own, so that what is written grows with what comes in and not
 * with its square; a session is the entries under its key. The sessions in use are kept folded in memory: this task is the
 * only one that writes them.
 */
final class SessionStore {

    private static final int VERSION = 1;
    private static final int CACHED_SESSIONS = 4_096;

    private final KeyValueStore<Bytes, byte[]> events;
    private final KeyValueStore<Bytes, byte[]> names;
    private final KeyValueStore<Bytes, byte[]> states;
    private final Map<SessionKey, Held> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionKey, Held> eldest) {
            return size() > CACHED_SESSIONS;
        }
    };

    /**
     * A session in memory.
     *
     * @param lastChange receipt of the latest notification that changed it
     */
    record Held(Session session, SessionState state, long lastChange) {}

    SessionStore(
            KeyValueStore<Bytes, byte[]> events,
            KeyValueStore<Bytes, byte[]> names,
            KeyValueStore<Bytes, byte[]> states) {
        this.events = events;
        this.names = names;
        this.states = states;
    }

    Held get(SessionKey key) {
        return cache.computeIfAbsent(key, this::load);
    }

    /**
     * Adds an event, or replaces one of the same place.
     *
     * @param receivedAt when its notification was received, in milliseconds since the epoch
     * @return false if it changes nothing, as a duplicate
     */
    boolean add(PartyEvent event, long receivedAt) {
        Held held = get(event.session());
        if (!held.session().isChangedBy(event)) {
            return false;
        }
        events.put(
                StoreKeys.event(event.session(), event.sequence(), event.partyId()),
                new BinaryWriter(16 + event.body().length())
                        .u8(VERSION)
                        .i64(receivedAt)
                        .raw(event.body().getBytes(StandardCharsets.UTF_8))
                        .bytes());
        Peer peer = event.facts().peer();
        if (peer != null) {
            SessionKey key = event.session();
            names.put(
                    StoreKeys.naming(key.accountId(), peer.telephonySessionId(), key.telephonySessionId()),
                    new byte[] {VERSION});
        }
        cache.put(
                event.session(),
                new Held(held.session().with(event), held.state(), Math.max(held.lastChange(), receivedAt)));
        return true;
    }

    void putState(SessionKey key, SessionState state) {
        Held held = get(key);
        if (!state.equals(held.state())) {
            states.put(StoreKeys.session(key), state.write());
            cache.put(key, new Held(held.session(), state, held.lastChange()));
        }
    }

    /** The sessions of one account, for joining. */
    Joining.Sessions ofAccount(String accountId) {
        return new Joining.Sessions() {
            @Override
            public Session session(String telephonySessionId) {
                return get(new SessionKey(accountId, telephonySessionId)).session();
            }

            @Override
            public Collection<String> namedBy(String telephonySessionId) {
                return SessionStore.this.namedBy(new SessionKey(accountId, telephonySessionId));
            }
        };
    }

    private List<String> namedBy(SessionKey key) {
        List<String> namedBy = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = under(names, key)) {
            while (entries.hasNext()) {
                BinaryReader in = new BinaryReader(entries.next().key.get());
                StoreKeys.sessionOf(in);
                namedBy.add(in.string());
            }
        }
        return namedBy;
    }

    private Held load(SessionKey key) {
        List<PartyEvent> loaded = new ArrayList<>();
        long lastChange = 0;
        try (KeyValueIterator<Bytes, byte[]> entries = under(events, key)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                BinaryReader place = new BinaryReader(entry.key.get());
                StoreKeys.sessionOf(place);
                BinaryReader in = new BinaryReader(entry.value);
                in.version(VERSION, "stored party event");
                lastChange = Math.max(lastChange, in.i64());
                loaded.add(PartyEvents.fromBody(key, place.i64(), in.restAsString()));
            }
        }
        SessionState state = SessionState.read(states.get(StoreKeys.session(key)));
        return new Held(Session.of(key, loaded), state, lastChange);
    }

    private static KeyValueIterator<Bytes, byte[]> under(KeyValueStore<Bytes, byte[]> store, SessionKey key) {
        return store.prefixScan(StoreKeys.session(key), new BytesSerializer());
    }
}
