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
        for (String peer : peers(store.state(key), now)) {
            PeerTie own = now.get(peer);
            SessionState state = store.state(key);
            SessionTie before = state.tie(peer);
            if (!Objects.equals(before.own(), own)) {
                store.putState(key, state.tie(peer, before.withOwn(own)));
                tell(peer, key, own);
            }
        }
    }

    /** The sessions of which this one says something by now, or did before. */
    static Set<String> peers(SessionState before, Map<String, PeerTie> now) {
        Set<String> peers = new LinkedHashSet<>(now.keySet());
        before.ties().forEach((peer, tie) -> {
            if (tie.own() != null) {
                peers.add(peer);
            }
        });
        return peers;
    }

    /**
     * Makes the peers of a session forget what it says of them. A supervision that keeps two calls apart stays for as long as the
     * other one is there, or its end would make one call of all that the supervisor heard.
     *
     * @param state of the session
     * @return that state without what it says of its peers
     */
    SessionState takeBack(SessionKey key, SessionState state) {
        SessionState without = state;
        for (Map.Entry<String, SessionTie> each : state.ties().entrySet()) {
            String peer = each.getKey();
            SessionTie tie = each.getValue();
            if (tie.own() != null && (tie.joins() || !tie.withOwn(null).joins())) {
                tie = tie.withOwn(null);
                tell(peer, key, null);
            }
            SessionKey peerKey = new SessionKey(key.accountId(), peer);
            SessionState ofPeer = store.state(peerKey);
            if (tie.others() != null && !ofPeer.isSeen()) {
                // The other one was closed before, and nothing is left to keep apart.
                tie = tie.withOthers(null);
                store.putState(
                        peerKey,
                        ofPeer.tie(
                                key.telephonySessionId(),
                                ofPeer.tie(key.telephonySessionId()).withOwn(null)));
            }
            without = without.tie(peer, tie);
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
