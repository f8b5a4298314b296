package io.callweave.topology.session;

import io.callweave.call.event.SessionKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The sessions whose events have changed since they were written. */
final class UnwrittenSessions {

    private final ToLongFunction<StoredSession> weigher;
    private final Map<SessionKey, StoredSession> sessions = new LinkedHashMap<>();
    private final Set<SessionKey> rewritten = new HashSet<>();
    private long weight;

    /** @param weigher gives bytes in memory, at least one */
    UnwrittenSessions(ToLongFunction<StoredSession> weigher) {
        this.weigher = weigher;
    }

    /** The session has changed, perhaps again. */
    void add(StoredSession session) {
        if (!session.isUnwritten()) {
            sessions.put(session.key(), session);
        }
        weight -= session.unwrittenWeight;
        session.unwrittenWeight = weigher.applyAsLong(session);
        weight += session.unwrittenWeight;
    }

    /** The events in the session's written value do not count any longer: those in memory do, if it has any. */
    void rewrite(SessionKey key) {
        rewritten.add(key);
    }

    /** The session is closed: its events are not to be written, and those that are written do not count. */
    void forget(SessionKey key) {
        rewrite(key);
        StoredSession closed = sessions.remove(key);
        if (closed != null) {
            weight -= closed.unwrittenWeight;
            closed.unwrittenWeight = 0;
        }
    }

    boolean contains(SessionKey key) {
        return sessions.containsKey(key);
    }

    boolean isRewritten(SessionKey key) {
        return rewritten.contains(key);
    }

    Collection<StoredSession> sessions() {
        return sessions.values();
    }

    /** Bytes in memory. */
    long weight() {
        return weight;
    }

    /** All is written. */
    void clear() {
        sessions.values().forEach(session -> session.unwrittenWeight = 0);
        sessions.clear();
        rewritten.clear();
        weight = 0;
    }
}
