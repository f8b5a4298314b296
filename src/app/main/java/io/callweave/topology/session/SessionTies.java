package io.callweave.topology.session;

import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.PeerTie;
import io.callweave.call.session.Session;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps what a session says of its peers in the states of both, so that each knows the other one without its events. */
final class SessionTies {

    private final SessionStore store;

    SessionTies(SessionStore store) {
        this.store = store;
    }

    /** Brings the ties of a session up to what its events say. */
    void update(SessionKey key, Session session) {
        Map<String, PeerTie> now = PeerTie.of(session);
        Set<String> peers = new LinkedHashSet<>(now.keySet());
        store.state(key).ties().forEach((peer, tie) -> {
            if (tie.own() != null) {
                peers.add(peer);
            }
        });
        for (String peer : peers) {
            PeerTie own = now.get(peer);
            SessionState state = store.state(key);
            SessionTie before = state.tie(peer);
            if (!Objects.equals(before.own(), own)) {
                store.putState(key, state.tie(peer, before.withOwn(own)));
                tell(peer, key, own);
            }
        }
    }

    /**
     * Makes the peers of a session forget what it says of them.
     *
     * @param state of the session
     * @return that state without what it says of its peers
     */
    SessionState takeBack(SessionKey key, SessionState state) {
        SessionState without = state;
        for (Map.Entry<String, SessionTie> tie : state.ties().entrySet()) {
            if (tie.getValue().own() != null) {
                without = without.tie(tie.getKey(), tie.getValue().withOwn(null));
                tell(tie.getKey(), key, null);
            }
        }
        return without;
    }

    private void tell(String peer, SessionKey teller, @Nullable PeerTie tie) {
        SessionKey key = new SessionKey(teller.accountId(), peer);
        String id = teller.telephonySessionId();
        SessionState state = store.state(key);
        store.putState(key, state.tie(id, state.tie(id).withOthers(tie)));
    }
}
