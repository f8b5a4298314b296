package io.callweave.topology.session;

import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.Joining;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Which sessions are one call, by the ties that their states tell; their events are not read. */
final class SessionComponents {

    private final Function<SessionKey, SessionState> states;

    SessionComponents(Function<SessionKey, SessionState> states) {
        this.states = states;
    }

    /** See {@link SessionStore#componentOf(String, Collection, int)}. */
    Joining.Component of(String accountId, Collection<String> ids, int most) {
        Set<String> seen = new TreeSet<>();
        Set<String> unseen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(ids);
        while (!open.isEmpty() && seen.size() + unseen.size() <= most) {
            String id = open.remove();
            if (seen.contains(id) || unseen.contains(id)) {
                continue;
            }
            SessionState state = states.apply(new SessionKey(accountId, id));
            (state.isSeen() ? seen : unseen).add(id);
            state.ties().forEach((peer, tie) -> {
                if (tie.joins()) {
                    open.add(peer);
                }
            });
        }
        return new Joining.Component(seen, unseen);
    }

    /** See {@link SessionStore#components}. */
    Collection<Joining.Component> split(String accountId, Collection<String> ids) {
        Map<String, Joining.Component> found = new TreeMap<>();
        Set<String> done = new LinkedHashSet<>();
        for (String id : ids) {
            if (!done.contains(id)
                    && states.apply(new SessionKey(accountId, id)).isSeen()) {
                Joining.Component component = of(accountId, List.of(id), Integer.MAX_VALUE);
                done.addAll(component.seen());
                found.put(id, component);
            }
        }
        return found.values();
    }
}
