package io.callweave.topology;

import io.callweave.call.PartyEvent;
import io.callweave.call.Peer;
import io.callweave.call.SessionKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Keeps party events as long as neither their session nor their call grows beyond the {@link Limits}. */
final class EventKeeper {

    private final SessionStore sessions;
    private final Limits limits;

    EventKeeper(SessionStore sessions, Limits limits) {
        this.sessions = sessions;
        this.limits = limits;
    }

    /**
     * Keeps the event, unless it would let its session or call grow beyond the limits.
     *
     * @return sessions of another call, which this event cannot be joined with
     */
    Collection<String> keep(PartyEvent event, SessionStore.Held held, Collection<String> joined, long receivedAt) {
        SessionKey key = event.session();
        boolean replaces = held.session().hasPlaceOf(event);
        if (!replaces && isFull(key.accountId(), held, joined)) {
            // A session of which nothing is kept is in no record, so those that it would have joined say it.
            cap(key.accountId(), held.session().isEmpty() ? joined : List.of(key.telephonySessionId()));
            return List.of();
        }
        Peer peer = event.facts().peer();
        if (peer == null || joined.contains(peer.telephonySessionId())) {
            sessions.add(event, receivedAt, false);
            return List.of();
        }
        SessionKey peerKey = new SessionKey(key.accountId(), peer.telephonySessionId());
        Collection<String> joinedByPeer = sessions.componentOf(peerKey).seen();
        boolean tooMany = joined.size() + joinedByPeer.size() > limits.callSessions();
        // Supervision does not join, but the index of who names whom must not grow without end either.
        boolean tooManyNames = sessions.get(peerKey).namedBy().size() >= 10 * limits.callSessions();
        sessions.add(event, receivedAt, tooMany || tooManyNames);
        if (tooMany || tooManyNames) {
            cap(key.accountId(), List.of(key.telephonySessionId()));
        }
        // Neither call has what the other one has.
        return tooMany ? cap(key.accountId(), joinedByPeer) : List.of();
    }

    /** Notes that events or sessions were left out; those of the sessions that did not say so yet. */
    private Collection<String> cap(String account, Collection<String> ids) {
        List<String> capped = new ArrayList<>();
        for (String id : ids) {
            SessionKey key = new SessionKey(account, id);
            SessionStore.Held held = sessions.get(key);
            if (!held.session().isEmpty() && !held.state().capped()) {
                sessions.putState(key, held.state().asCapped());
                capped.add(id);
            }
        }
        return capped;
    }

    private boolean isFull(String account, SessionStore.Held held, Collection<String> joined) {
        if (held.session().events().size() >= limits.sessionEvents()) {
            return true;
        }
        return joined.size() > 1
                && joined.stream()
                                .mapToInt(id -> sessions.get(new SessionKey(account, id))
                                        .session()
                                        .events()
                                        .size())
                                .sum()
                        >= limits.callEvents();
    }
}
