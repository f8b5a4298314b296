package io.callweave.call.joining;

import io.callweave.call.session.Session;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sessions of one account that are one call: those that name each other as peers, in either direction,
 * transitively, for any reason. A session that was named but never seen still joins those that name it.
 *
 * <p>Supervision does not join (INFER): one supervisor listens to many calls, which would all become one. Only a
 * supervisor who takes a call over belongs to it.
 */
public final class Joining {

    /** What is known about the sessions of one account. */
    public interface Sessions {

        /** The session of this id, null or empty if none of its events was seen. */
        @Nullable
        Session session(String telephonySessionId);

        /** The sessions with an event that names this one as a peer. Additional ones do no harm. */
        Collection<String> namedBy(String telephonySessionId);
    }

    /** A connected component: the ids of the sessions that were seen, and of those that were only named. */
    public record Component(Set<String> seen, Set<String> unseen) {}

    private final Sessions sessions;
    private final Map<String, Map<String, PeerTie>> ties = new HashMap<>();

    public Joining(Sessions sessions) {
        this.sessions = sessions;
    }

    /** The component of one session. */
    public Component componentOf(String telephonySessionId) {
        Set<String> seen = new TreeSet<>();
        Set<String> unseen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(telephonySessionId);
        while (!open.isEmpty()) {
            String id = open.remove();
            if (seen.contains(id) || unseen.contains(id)) {
                continue;
            }
            (isSeen(id) ? seen : unseen).add(id);
            for (String neighbour : neighbours(id)) {
                if (joined(id, neighbour)) {
                    open.add(neighbour);
                }
            }
        }
        return new Component(seen, unseen);
    }

    /** Splits sessions, and all sessions joined to them, into components. */
    public Collection<Component> components(Collection<String> telephonySessionIds) {
        Map<String, Component> found = new TreeMap<>();
        Set<String> done = new LinkedHashSet<>();
        for (String id : telephonySessionIds) {
            if (isSeen(id) && !done.contains(id)) {
                Component component = componentOf(id);
                done.addAll(component.seen());
                found.put(id, component);
            }
        }
        return found.values();
    }

    private boolean isSeen(String id) {
        Session session = sessions.session(id);
        return session != null && !session.isEmpty();
    }

    private Collection<String> neighbours(String id) {
        Set<String> neighbours = new LinkedHashSet<>(ties(id).keySet());
        neighbours.addAll(sessions.namedBy(id));
        return neighbours;
    }

    /** Either session may have named the other, so this asks both. */
    private boolean joined(String one, String other) {
        return PeerTie.join(ties(one).get(other), ties(other).get(one));
    }

    private Map<String, PeerTie> ties(String id) {
        Map<String, PeerTie> known = ties.get(id);
        if (known == null) {
            Session session = sessions.session(id);
            known = session == null ? Map.of() : PeerTie.of(session);
            ties.put(id, known);
        }
        return known;
    }
}
