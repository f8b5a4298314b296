package io.callweave.topology.session;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.state.RecentlyUsed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The states of sessions in memory: those that were used last, and those that {@link #flush} is to write. */
final class SessionStates {

    private static final int MOST_STATES = 16_384;

    private final Function<SessionKey, SessionState> reader;
    private final RecentlyUsed<SessionKey, SessionState> used;

    /** What is to be written. */
    private final Map<SessionKey, SessionState> changed = new LinkedHashMap<>();

    private long changedWeight;

    /** The key of the last {@link #get}, if nothing has changed since. */
    private @Nullable SessionKey lastKey;

    private SessionState lastState = SessionState.NEW;

    /**
     * Keeps nothing yet.
     *
     * @param mostBytes that are kept; can change
     * @param reader reads a state that is not in memory
     */
    SessionStates(LongSupplier mostBytes, Function<SessionKey, SessionState> reader) {
        this.used = new RecentlyUsed<>(MOST_STATES, mostBytes, SessionStates::weightOf);
        this.reader = reader;
    }

    @SuppressWarnings("ReferenceEquality") // An equal key that is another object is looked up.
    SessionState get(SessionKey key) {
        // Each event needs the state of its session a dozen times.
        if (key == lastKey) {
            return lastState;
        }
        lastState = find(key);
        lastKey = key;
        return lastState;
    }

    private SessionState find(SessionKey key) {
        SessionState known = known(key);
        if (known != null) {
            return known;
        }
        SessionState read = reader.apply(key);
        used.put(key, read);
        return read;
    }

    /** Null if it is not in memory. */
    @Nullable
    SessionState known(SessionKey key) {
        SessionState known = changed.get(key);
        return known != null ? known : used.get(key);
    }

    boolean isChanged(SessionKey key) {
        return changed.containsKey(key);
    }

    /** How many are to be written. */
    int changed() {
        return changed.size();
    }

    /** Of those that are to be written, bytes in memory. */
    long changedWeight() {
        return changedWeight;
    }

    /** Takes effect at once. If it differs from the state before, the next {@link #flush} writes it. */
    void put(SessionKey key, SessionState state) {
        if (!state.equals(get(key))) {
            change(key, state);
        }
    }

    /** Takes effect at once. The next {@link #flush} writes it, because the events beside it have changed. */
    void change(SessionKey key, SessionState state) {
        SessionState before = changed.put(key, state);
        changedWeight += weightOf(state) - (before == null ? 0 : weightOf(before));
        lastKey = null;
    }

    /** Takes effect at once, but is not written, because other entries of the store say the same. */
    void keep(SessionKey key, SessionState state) {
        used.put(key, state);
        lastKey = null;
    }

    /** Passes each changed state to the writer. All of them stay in memory. */
    void flush(BiConsumer<SessionKey, SessionState> writer) {
        changed.forEach((key, state) -> {
            writer.accept(key, state);
            used.put(key, state);
        });
        changed.clear();
        changedWeight = 0;
    }

    private static long weightOf(SessionState state) {
        LastEmission emission = state.emission();
        byte[] json = emission == null ? null : emission.json();
        return 256
                + 128L * state.ties().size()
                + (json == null ? 0 : json.length)
                + state.later().weight();
    }
}
