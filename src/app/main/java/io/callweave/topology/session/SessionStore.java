package io.callweave.topology.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Reason;
import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.Joining;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.EventSlots;
import io.callweave.topology.state.RecentlyUsed;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.state.WriteBehindStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the stage, each with a {@linkplain SessionState value of its own}. The events of a live session lie in
 * {@link EventSlots}; once its call was emitted, those of a session of usual size lie in the value. All is read and written
 * under exact keys: in RocksDB a scan steps over what was deleted beside it. The sessions in use are kept in memory: this
 * task is the only one that writes them. What has changed is written with the commit, once for all its changes.
 */
public final class SessionStore {

    private static final int CACHED_SESSIONS = 16_384;

    /** More states, or more than the small share of the memory, do not wait for the commit. */
    private static final int MOST_UNWRITTEN = 4_096;

    /** Of the memory for sessions, what their states may take beside it; and what a start may use, while partitions come. */
    private static final int SMALL_SHARE = 4;

    /** The events of larger sessions stay in their slots, or each late one of them would write all the others again. */
    private static final int MOST_EVENTS_OF_A_VALUE = 32;

    /** So do those with long texts: a changelog takes no value of any size. */
    private static final long MOST_BYTES_OF_A_VALUE = 64 << 10;

    /** A session is emitted for the first time once; the other numbers are room. */
    private static final int GENERATIONS_EACH = 1 << 10;

    private final KeyValueStore<Bytes, byte[]> store;
    private final EventSlots slots;
    private final RecentTexts texts = new RecentTexts();
    private final SessionTies ties = new SessionTies(this);
    private final SessionComponents components = new SessionComponents(this::state);
    private final SessionStates states;

    private final UnwrittenSessions unwritten = new UnwrittenSessions(SessionStore::weightOf);
    private final Set<SessionKey> finished = new LinkedHashSet<>();

    private final RecentlyUsed<SessionKey, StoredSession> loaded;
    private final LongSupplier memory;
    private final boolean waitsForCommit;
    private Runnable alsoWrites = () -> {};

    public SessionStore(KeyValueStore<Bytes, byte[]> store) {
        this(store, () -> SessionMemory.MOST_OF_A_PARTITION);
    }

    /** @param memory bytes of sessions that are kept in memory; can change */
    public SessionStore(KeyValueStore<Bytes, byte[]> store, LongSupplier memory) {
        this.store = store;
        this.memory = memory;
        this.states = new SessionStates(() -> memory.getAsLong() / SMALL_SHARE, this::readState);
        this.loaded = new RecentlyUsed<>(CACHED_SESSIONS, memory, SessionStore::weightOf, StoredSession::isUnwritten);
        Map<SessionKey, Long> generations = new HashMap<>();
        this.slots = new EventSlots(
                store, (key, generation) -> generations.computeIfAbsent(key, this::generation) == generation);
        this.waitsForCommit = WriteBehindStore.beforeCommit(store, this::write);
    }

    /** -1 if the session has no events. */
    private long generation(SessionKey key) {
        SessionState state = read(store.get(valueKey(key)));
        return state.isSeen() ? state.generation() : -1;
    }

    /** The session with its events. */
    public StoredSession get(SessionKey key) {
        StoredSession known = loaded.get(key);
        return known != null ? known : load(key);
    }

    /** What is remembered of a session beside its events, if that is in memory. */
    @Nullable
    SessionState known(SessionKey key) {
        return states.known(key);
    }

    /** What is remembered of a session beside its events. */
    public SessionState state(SessionKey key) {
        return states.get(key);
    }

    /** The same, but no event is read for it: its size and its last change may be those of some events before. */
    public SessionState glance(SessionKey key) {
        SessionState known = states.known(key);
        return known != null ? known : read(store.get(valueKey(key)));
    }

    private SessionState readState(SessionKey key) {
        SessionState written = read(store.get(valueKey(key)));
        return hasGrown(key, written) ? grown(written, get(key)) : written;
    }

    /** What has come since the value was written lies in slots, or is to be written there. */
    private boolean hasGrown(SessionKey key, SessionState written) {
        return written.isSeen() && (slots.of(key).length > 0 || unwritten.contains(key));
    }

    private static SessionState grown(SessionState written, StoredSession session) {
        return written.grown(session.size, session.lastChange);
    }

    /** The sessions that have events in slots: those of calls that go on, and few more. */
    public void forEachLive(Consumer<StoredSession> visitor) {
        for (SessionKey key : List.copyOf(slots.sessions())) {
            visitor.accept(get(key));
            loaded.trim(memory.getAsLong() / SMALL_SHARE);
        }
    }

    /**
     * Looks for emitted sessions. This scans, so it is for what is rare.
     *
     * @param since leaves out those that were not changed since then
     * @param begin null for the beginning
     * @param most how many to look at
     */
    public EmittedSessions emitted(String accountId, long since, @Nullable Bytes begin, int most) {
        write();
        return EmittedSessions.find(store, accountId, since, begin, most);
    }

    /**
     * Adds an event that changes the session, or replaces the one of the same place.
     *
     * @param receivedAt when its notification was received, in milliseconds since the epoch
     * @param offset grows with each notification of the session
     * @param peerIgnored whether the event is to be kept as if it named no peer
     */
    public void add(StoredSession to, PartyEvent added, long receivedAt, long offset, boolean peerIgnored) {
        SessionKey key = to.key();
        SessionState before = to.state();
        // Only what still has to go out needs its texts.
        PartyEvent event =
                texts.sharing((peerIgnored ? added.withoutPeer() : added).withoutText(), to.session.events());
        boolean replaces = to.session.hasPlaceOf(event);
        to.size = before.size().with(to.session, event);
        to.session = to.session.with(event);
        int index = to.session.indexOf(event.place());
        if (!replaces) {
            to.slots.insert(index);
        }
        to.lastChange = Math.max(before.lastChange(), receivedAt);
        if (replaces) {
            to.open = OpenParties.of(to.session);
        } else {
            to.open.add(event);
        }
        SessionState now = before.grown(to.size, receivedAt);
        if (!before.isSeen()) {
            putState(key, now.generation(offset * GENERATIONS_EACH));
        } else if (now.wasEmitted() || liesInValue(to, index, now) || states.isChanged(key)) {
            // Of an emitted one, its last change is looked for in the store.
            putState(key, now);
        } else {
            states.keep(key, now);
        }
        keep(to, index);
        if (replaces
                || event.facts().peer() != null
                || Reason.TAKE_OVER.equals(event.facts().reason())) {
            ties.update(key, to.session);
        }
    }

    /** What is known of a session's later facts has changed. */
    public void put(StoredSession session, LaterState later) {
        session.session = session.session.with(later.facts());
        putState(session.key(), session.state().later(later));
    }

    /** The event at this place of the session no longer waits behind a gap. */
    public void release(StoredSession of, PartyEvent.Place place) {
        // Not what went out: another body can count by now.
        keep(of, of.session.indexOf(place));
    }

    /** It stays in memory until it is written: read again before that, it would be another object, without the change. */
    private void changes(StoredSession session) {
        unwritten.add(session);
        loaded.put(session.key(), session);
    }

    private void keep(StoredSession of, int index) {
        changes(of);
        SessionState state = of.state();
        if (liesInValue(of, index, state)) {
            states.change(of.key(), state);
            unwritten.rewrite(of.key());
        } else {
            of.slots.change(index);
        }
    }

    private static boolean liesInValue(StoredSession session, int index, SessionState state) {
        // What is held back has its whole body with it.
        return state.wasEmitted()
                && fitsInValue(state)
                && session.sequence().heldLength() <= MOST_BYTES_OF_A_VALUE
                && session.slots.of(index) == SlotNumbers.NONE;
    }

    private static boolean fitsInValue(SessionState state) {
        return state.size().events() <= MOST_EVENTS_OF_A_VALUE && state.size().bytes() <= MOST_BYTES_OF_A_VALUE;
    }

    /** Takes effect at once, and is written later, as one entry for all that changes together. */
    public void putState(SessionKey key, SessionState state) {
        states.put(key, state);
    }

    /**
     * The session's call went out: from now on its events lie together in its own value, unless they are many.
     *
     * @param callId the id that it went out under
     */
    public void settle(StoredSession session, String callId) {
        SessionKey key = session.key();
        SessionState state = session.state();
        if (!state.wasEmitted() && fitsInValue(state)) {
            // Of its slots nothing counts any longer.
            state = state.generation(state.generation() + 1);
            session.slots.clear(session.session.events().size());
            slots.free(key);
            unwritten.rewrite(key);
            changes(session);
        }
        putState(key, state.countedIn(callId).later(state.later().revised()));
        // It is hardly needed again, and memory is for live sessions.
        finished.add(key);
    }

    /**
     * Empties slots that have been free for long.
     *
     * @param now in milliseconds since the epoch
     * @param age in milliseconds
     * @param most how many at once
     * @return how many it were
     */
    public int emptySlots(long now, long age, int most) {
        return slots.empty(now, age, most);
    }

    /** Has another part of the stage write whenever this store writes. */
    public void alsoWrite(Runnable writer) {
        alsoWrites = writer;
    }

    /** To be called at the end of each step. Writes what has changed, unless that waits for the commit. */
    public void flush() {
        if (!waitsForCommit || isMuchUnwritten()) {
            write();
        }
        loaded.trim(memory.getAsLong());
    }

    private boolean isMuchUnwritten() {
        return states.changed() > MOST_UNWRITTEN
                || states.changedWeight() + unwritten.weight() > memory.getAsLong() / SMALL_SHARE;
    }

    private void write() {
        unwritten.sessions().forEach(session -> SessionWriter.slots(session, slots));
        states.flush((key, state) -> store.put(valueKey(key), state.isNothing() ? null : value(key, state)));
        unwritten.clear();
        finished.forEach(loaded::remove);
        finished.clear();
        alsoWrites.run();
    }

    private byte[] value(SessionKey key, SessionState state) {
        boolean holdsEvents = state.wasEmitted();
        BinaryWriter out = new BinaryWriter(holdsEvents ? 1_024 : 128);
        state.write(out);
        if (!holdsEvents) {
            return out.bytes();
        }
        if (!unwritten.isRewritten(key)) {
            byte[] written = store.get(valueKey(key));
            if (written == null) {
                // All its events came and were emitted since the last write, and lie in slots.
                return out.bytes();
            }
            BinaryReader before = new BinaryReader(written);
            SessionState.read(before);
            return out.raw(before.rest()).bytes();
        }
        SessionWriter.events(get(key), out);
        return out.bytes();
    }

    /** Leaves nothing of a session that was emitted but a marker, until it is to be forgotten. */
    public void close(SessionKey key, long forgetAt) {
        SessionState state = state(key);
        slots.free(key);
        unwritten.forget(key);
        loaded.remove(key);
        putState(key, ties.takeBack(key, state.closed(forgetAt)));
    }

    /** Forgets a session that was closed. */
    public void forget(SessionKey key) {
        putState(key, state(key).forgotten());
    }

    /** The sessions that are one call with this one, whatever is known of it. */
    public Joining.Component componentOf(SessionKey key) {
        return components.of(key.accountId(), List.of(key.telephonySessionId()), Integer.MAX_VALUE);
    }

    /**
     * The sessions that are one call with these.
     *
     * @param most ends as soon as there are more sessions than that, those never seen included
     */
    public Joining.Component componentOf(String accountId, Collection<String> ids, int most) {
        return components.of(accountId, ids, most);
    }

    /** Splits sessions, and whatever is joined to them, into calls. */
    public Collection<Joining.Component> components(String accountId, Collection<String> ids) {
        return components.split(accountId, ids);
    }

    private StoredSession load(SessionKey key) {
        StoredSession session = new StoredSession(this, key);
        // It was closed since its value was written.
        byte[] value = unwritten.isRewritten(key) ? null : store.get(valueKey(key));
        SessionState written = SessionLoader.fill(session, value, slots, texts);
        loaded.put(key, session);
        SessionState known = states.known(key);
        if (known == null) {
            // It would be asked for next, and is read already.
            states.keep(key, hasGrown(key, written) ? grown(written, session) : written);
        }
        session.session =
                session.session.with((known == null ? written : known).later().facts());
        return session;
    }

    /** The objects, measured, and the texts, as if no two were equal. */
    private static long weightOf(StoredSession session) {
        SessionSize size = session.size;
        return 512
                + 384L * size.events()
                + size.bytes()
                + 80L * size.recordings()
                + 2 * session.sequence().heldLength();
    }

    static SessionState read(byte @Nullable [] value) {
        return value == null ? SessionState.NEW : SessionState.read(new BinaryReader(value));
    }

    private static Bytes valueKey(SessionKey key) {
        return StoreKeys.session(StoreKeys.Kind.STATE, key);
    }
}
