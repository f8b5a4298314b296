package io.callweave.topology.session;

import io.callweave.call.event.SessionKey;
import io.callweave.call.session.Session;

/**
 * A session in memory, with its events. Only the {@link SessionStore} that made it changes it. To keep the state
 * from before a change, read it before.
 */
public final class StoredSession {

    private final SessionStore store;
    private final SessionKey key;
    private final SessionSequence sequence = new SessionSequence();

    final SlotNumbers slots = new SlotNumbers();

    public Session session;
    public OpenParties open = new OpenParties();

    /** What its events say, in case its own value does not say it: that is not written with each event. */
    SessionSize size = SessionSize.NONE;

    long lastChange;

    /** What it weighs in memory, if its events have changed and are not written yet; else 0. */
    long unwrittenWeight;

    StoredSession(SessionStore store, SessionKey key) {
        this.store = store;
        this.key = key;
        this.session = Session.empty(key);
    }

    boolean isUnwritten() {
        return unwrittenWeight > 0;
    }

    public SessionKey key() {
        return key;
    }

    public String id() {
        return key.telephonySessionId();
    }

    public Session session() {
        return session;
    }

    /** What is remembered of it beside its events, as it is now. */
    public SessionState state() {
        return store.state(key);
    }

    public SessionSequence sequence() {
        return sequence;
    }

    public OpenParties open() {
        return open;
    }
}
