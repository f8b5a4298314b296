package io.callweave.topology;

import io.callweave.call.Call;
import io.callweave.call.Joining;
import io.callweave.call.Session;
import io.callweave.call.SessionKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A call as it stands in the store: the fold, and what is remembered of its sessions.
 *
 * @param lastChange receipt of the latest notification that changed it
 */
record CallView(Call call, List<SessionStore.Held> sessions, long lastChange) {

    static CallView of(String account, List<SessionStore.Held> held, Joining.Component component, SessionStore store) {
        // This runs for every event, nearly always for one session.
        List<Session> sessions = new ArrayList<>(held.size());
        boolean capped = false;
        for (SessionStore.Held session : held) {
            sessions.add(session.session());
            capped |= session.state().capped();
        }
        List<String> closed = new ArrayList<>();
        for (String id : component.unseen()) {
            if (store.get(new SessionKey(account, id)).state().closed()) {
                closed.add(id);
            }
        }
        return new CallView(Call.of(sessions, component.unseen(), closed, capped), held, lastChange(held));
    }

    static List<SessionStore.Held> held(String account, Joining.Component component, SessionStore store) {
        return component.seen().stream()
                .map(id -> store.get(new SessionKey(account, id)))
                .toList();
    }

    static long lastChange(List<SessionStore.Held> sessions) {
        long latest = 0;
        for (SessionStore.Held session : sessions) {
            latest = Math.max(latest, session.lastChange());
        }
        return latest;
    }

    boolean wasEmitted() {
        for (SessionStore.Held session : sessions) {
            if (session.state().wasEmitted()) {
                return true;
            }
        }
        return false;
    }

    String key() {
        return Stage2Output.callKey(call.accountId(), call.callId());
    }
}
