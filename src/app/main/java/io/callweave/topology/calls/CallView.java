package io.callweave.topology.calls;

import io.callweave.call.Call;
import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.Joining;
import io.callweave.call.session.Session;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import java.util.ArrayList;
import java.util.List;

/**
 * A call as it stands in the store: the fold, and what is remembered of its sessions.
 *
 * @param lastChange receipt of the latest notification that changed it
 */
public record CallView(Call call, List<StoredSession> sessions, long lastChange) {

    public static CallView of(
            String account, List<StoredSession> held, Joining.Component component, SessionStore store) {
        // This runs for every event, nearly always for one session.
        List<Session> sessions = new ArrayList<>(held.size());
        boolean capped = false;
        for (StoredSession session : held) {
            sessions.add(session.session());
            capped |= session.state().capped();
        }
        List<String> closed = new ArrayList<>();
        List<Session> logged = new ArrayList<>(0);
        for (String id : component.unseen()) {
            SessionState state = store.state(new SessionKey(account, id));
            if (state.closed()) {
                closed.add(id);
            } else if (state.isLogged()) {
                logged.add(store.get(new SessionKey(account, id)).session());
            }
        }
        return new CallView(Call.of(sessions, component.unseen(), closed, capped, logged), held, lastChange(held));
    }

    public static List<StoredSession> held(String account, Joining.Component component, SessionStore store) {
        return component.seen().stream()
                .map(id -> store.get(new SessionKey(account, id)))
                .toList();
    }

    static long lastChange(List<StoredSession> sessions) {
        long latest = 0;
        for (StoredSession session : sessions) {
            latest = Math.max(latest, session.state().lastChange());
        }
        return latest;
    }

    boolean wasEmitted() {
        for (StoredSession session : sessions) {
            if (session.state().wasEmitted()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the Call Log told of it before its first event: nobody waits for it on a wallboard. */
    boolean wasBackfilled() {
        for (StoredSession session : sessions) {
            if (session.state().wasBackfilled()) {
                return true;
            }
        }
        return false;
    }
}
