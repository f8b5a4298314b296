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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The sessions of stage 2. Each event is an entry of its own, so that what is written grows with what comes in and not
 * with its square; a session is the entries under its key. The sessions in use are kept in memory: this task is the only
 * one that writes them.
 */
final class SessionStore {

    private static final int VERSION = 1;
    private static final int PEER_IGNORED = 1;
    private static final int CACHED_SESSIONS = 4_096;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Set<SessionKey> changed = new LinkedHashSet<>();
    private final Set<SessionKey> settled = new LinkedHashSet<>();
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
     * @param namesPeer whether an event of it names another session as its peer
     * @param namedBy the sessions that name it as a peer
     */
    record Held(Session session, SessionState state, long lastChange, boolean namesPeer, Set<String> namedBy) {

        Held {
            namedBy = Set.copyOf(namedBy);
        }

        /** Whether it can be part of a call of more sessions than itself. */
        boolean isLinked() {
            return namesPeer || !namedBy.isEmpty();
        }

        Held with(SessionState other) {
            return new Held(session, other, lastChange, namesPeer, namedBy);
        }
    }

    SessionStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    Held get(SessionKey key) {
        return cache.computeIfAbsent(key, this::load);
    }

    /**
     * Adds an event that changes the session, or replaces the one of the same place.
     *
     * @param receivedAt when its notification was received, in milliseconds since the epoch
     * @param peerIgnored whether the event is to be kept as if it named no peer
     */
    void add(PartyEvent added, long receivedAt, boolean peerIgnored) {
        PartyEvent event = peerIgnored ? added.withoutPeer() : added;
        SessionKey key = event.session();
        Held held = get(key);
        if (held.session().isEmpty()) {
            changed.add(key);
        }
        store.put(
                StoreKeys.event(StoreKeys.Kind.EVENT, key, event.sequence(), event.partyId()),
                write(event, receivedAt, peerIgnored));
        cache.put(
                key,
                new Held(
                        held.session().with(event),
                        held.state(),
                        Math.max(held.lastChange(), receivedAt),
                        held.namesPeer() || event.facts().peer() != null,
                        held.namedBy()));
        Peer peer = event.facts().peer();
        if (peer != null) {
            addName(new SessionKey(key.accountId(), peer.telephonySessionId()), key.telephonySessionId());
        }
    }

    private void addName(SessionKey named, String namedBy) {
        Held held = get(named);
        if (!held.namedBy().contains(namedBy)) {
            changed.add(named);
            store.put(StoreKeys.naming(named.accountId(), named.telephonySessionId(), namedBy), new byte[] {VERSION});
            Set<String> more = new TreeSet<>(held.namedBy());
            more.add(namedBy);
            cache.put(named, new Held(held.session(), held.state(), held.lastChange(), held.namesPeer(), more));
        }
    }

    /** Takes effect at once, and is written by {@link #flush}, as one entry for all that changes together. */
    void putState(SessionKey key, SessionState state) {
        Held held = get(key);
        if (!state.equals(held.state())) {
            changed.add(key);
            cache.put(key, held.with(state));
        }
    }

    /** Writes the states that have changed; to be called at the end of each step. */
    void flush() {
        for (SessionKey key : changed) {
            store.put(
                    StoreKeys.session(StoreKeys.Kind.STATE, key),
                    get(key).state().write());
        }
        changed.clear();
        settled.forEach(cache::remove);
        settled.clear();
    }

    /** A session that is done with for now: it will hardly be needed again, and memory is for those that go on. */
    void release(SessionKey key) {
        settled.add(key);
    }

    /** Leaves nothing of a session but a marker, until it is to be forgotten. */
    void close(SessionKey key, long forgetAt) {
        Session session = get(key).session();
        for (PartyEvent event : session.events()) {
            store.delete(StoreKeys.event(StoreKeys.Kind.EVENT, key, event.sequence(), event.partyId()));
            Peer peer = event.facts().peer();
            if (peer != null) {
                SessionKey named = new SessionKey(key.accountId(), peer.telephonySessionId());
                store.delete(StoreKeys.naming(named.accountId(), named.telephonySessionId(), key.telephonySessionId()));
                cache.remove(named);
            }
        }
        store.put(
                StoreKeys.session(StoreKeys.Kind.STATE, key),
                SessionState.closed(forgetAt).write());
        changed.remove(key);
        cache.remove(key);
    }

    /** Forgets a session that was closed. */
    void forget(SessionKey key) {
        store.delete(StoreKeys.session(StoreKeys.Kind.STATE, key));
        cache.remove(key);
    }

    /** The sessions that are one call with this one. */
    Joining.Component componentOf(SessionKey key) {
        return new Joining(ofAccount(key.accountId())).componentOf(key.telephonySessionId());
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
                return get(new SessionKey(accountId, telephonySessionId)).namedBy();
            }
        };
    }

    /** A session without a state has nothing else either: most are new, and a scan costs more than a look. */
    private Held load(SessionKey key) {
        byte[] stateBytes = store.get(StoreKeys.session(StoreKeys.Kind.STATE, key));
        if (stateBytes == null) {
            return new Held(Session.empty(key), SessionState.NEW, 0, false, Set.of());
        }
        List<PartyEvent> loaded = new ArrayList<>();
        long lastChange = 0;
        try (KeyValueIterator<Bytes, byte[]> entries = under(StoreKeys.Kind.EVENT, key)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                BinaryReader place = StoreKeys.reader(entry.key);
                StoreKeys.sessionOf(place);
                BinaryReader in = new BinaryReader(entry.value);
                in.version(VERSION, "A stored party event");
                boolean peerIgnored = (in.u8() & PEER_IGNORED) != 0;
                lastChange = Math.max(lastChange, in.i64());
                PartyEvent event = PartyEvents.fromBody(key, place.i64(), in.restAsString());
                loaded.add(peerIgnored ? event.withoutPeer() : event);
            }
        }
        return new Held(
                Session.of(key, loaded),
                SessionState.read(stateBytes),
                lastChange,
                loaded.stream().anyMatch(event -> event.facts().peer() != null),
                loadNamedBy(key));
    }

    private Set<String> loadNamedBy(SessionKey key) {
        Set<String> namedBy = new TreeSet<>();
        try (KeyValueIterator<Bytes, byte[]> entries = under(StoreKeys.Kind.NAMING, key)) {
            while (entries.hasNext()) {
                BinaryReader in = StoreKeys.reader(entries.next().key);
                StoreKeys.sessionOf(in);
                namedBy.add(in.string());
            }
        }
        return namedBy;
    }

    private static byte[] write(PartyEvent event, long receivedAt, boolean peerIgnored) {
        return new BinaryWriter(16 + event.body().length())
                .u8(VERSION)
                .u8(peerIgnored ? PEER_IGNORED : 0)
                .i64(receivedAt)
                .raw(event.body().getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    private KeyValueIterator<Bytes, byte[]> under(StoreKeys.Kind kind, SessionKey key) {
        return StoreKeys.under(store, StoreKeys.session(kind, key));
    }
}
