package io.callweave.topology;

import io.callweave.call.Call;
import io.callweave.call.Joining;
import io.callweave.call.SessionKey;
import java.util.List;

/**
 * A call as it stands in the store: the fold, and what is remembered of its sessions.
 *
 * @param lastChange receipt of the latest notification that changed it
 */
record CallView(Call call, List<SessionStore.Held> sessions, long lastChange) {

    static CallView of(String account, Joining.Component component, SessionStore store) {
        List<SessionStore.Held> held = held(account, component, store);
        List<String> closed = component.unseen().stream()
                .filter(id -> store.get(new SessionKey(account, id)).state().closed())
                .toList();
        boolean capped = held.stream().anyMatch(session -> session.state().capped());
        return new CallView(
                Call.of(held.stream().map(SessionStore.Held::session).toList(), component.unseen(), closed, capped),
                held,
                lastChange(held));
    }

    static List<SessionStore.Held> held(String account, Joining.Component component, SessionStore store) {
        return component.seen().stream()
                .map(id -> store.get(new SessionKey(account, id)))
                .toList();
    }

    static long lastChange(List<SessionStore.Held> sessions) {
        return sessions.stream().mapToLong(SessionStore.Held::lastChange).max().orElseThrow();
    }

    boolean wasEmitted() {
        return sessions.stream().anyMatch(session -> session.state().wasEmitted());
    }

    String key() {
        return Stage2Output.callKey(call.accountId(), call.callId());
    }
}
