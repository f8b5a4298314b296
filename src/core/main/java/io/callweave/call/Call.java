package io.callweave.call;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import io.callweave.call.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sessions of one account that are one human call, folded. They are sorted by start, then id; the first gives the
 * call its id.
 */
public final class Call {

    private static final Comparator<FoldedSession> BY_START =
            Comparator.comparingLong(FoldedSession::startTime).thenComparing(FoldedSession::id);

    private final String accountId;
    private final List<FoldedSession> sessions;
    private final Map<String, FoldedSession> byId = new HashMap<>(4);
    private final SortedSet<String> missingSessions;
    private final SortedSet<String> awaitedSessions;
    private final boolean capped;
    private final List<Session> logged;
    private final List<Party> parties;

    private Call(
            String accountId,
            List<FoldedSession> sessions,
            SortedSet<String> missingSessions,
            SortedSet<String> awaitedSessions,
            boolean capped,
            List<Session> logged) {
        this.accountId = accountId;
        this.sessions = sessions;
        this.missingSessions = missingSessions;
        this.awaitedSessions = awaitedSessions;
        this.capped = capped;
        this.logged = logged;
        for (FoldedSession session : sessions) {
            byId.put(session.id(), session);
        }
        this.parties = sessions.size() == 1 ? sessions.get(0).parties() : partiesOf(sessions);
    }

    private static List<Party> partiesOf(List<FoldedSession> sessions) {
        List<Party> parties = new ArrayList<>();
        for (FoldedSession session : sessions) {
            parties.addAll(session.parties());
        }
        return parties;
    }

    /**
     * Folds a component.
     *
     * @param sessions the sessions of one component, each with at least one event; at least one
     * @param missingSessions ids of the sessions that its events name and that were never seen
     */
    public static Call of(Collection<Session> sessions, Collection<String> missingSessions) {
        return of(sessions, missingSessions, List.of(), false, List.of());
    }

    /**
     * Folds a component, with facts that its events do not show.
     *
     * @param closedSessions missing sessions that were closed long ago, so that the call does not wait for them
     * @param capped whether events or sessions were left out because there were too many
     * @param logged missing sessions that RingCentral's Call Log tells of, without events
     */
    public static Call of(
            Collection<Session> sessions,
            Collection<String> missingSessions,
            Collection<String> closedSessions,
            boolean capped,
            List<Session> logged) {
        // This runs for every event. Streams cost more than the work here, so these are loops.
        List<FoldedSession> folded = new ArrayList<>(sessions.size());
        for (Session session : sessions) {
            folded.add(session.fold());
        }
        folded.sort(BY_START);
        SortedSet<String> awaited = new TreeSet<>(missingSessions);
        awaited.removeAll(closedSessions);
        return new Call(
                folded.get(0).session().key().accountId(),
                folded,
                new TreeSet<>(missingSessions),
                awaited,
                capped,
                logged);
    }

    /** The telephony session id of its first session. */
    public String callId() {
        return first().id();
    }

    public String accountId() {
        return accountId;
    }

    public FoldedSession first() {
        return sessions.get(0);
    }

    public List<FoldedSession> sessions() {
        return sessions;
    }

    /** The ids of the sessions that were seen. */
    public Set<String> sessionIds() {
        return byId.keySet();
    }

    public FoldedSession session(String id) {
        return Objects.requireNonNull(byId.get(id), id);
    }

    public SortedSet<String> missingSessions() {
        return missingSessions;
    }

    /** The missing sessions that may still come. */
    public SortedSet<String> awaitedSessions() {
        return awaitedSessions;
    }

    public boolean isCapped() {
        return capped;
    }

    /** The missing sessions that RingCentral's Call Log tells of. */
    public List<Session> logged() {
        return logged;
    }

    public List<Party> parties() {
        return parties;
    }

    public Stream<PartyEvent> events() {
        return sessions.stream().flatMap(session -> session.session().events().stream());
    }

    public boolean isMonitoring() {
        return areSupervisors(parties);
    }

    private static boolean areSupervisors(List<Party> parties) {
        for (Party party : parties) {
            if (!party.isSupervisor()) {
                return false;
            }
        }
        return true;
    }

    public boolean wasIn(String status) {
        for (Party party : parties) {
            if (party.timeline().wasIn(status)) {
                return true;
            }
        }
        return false;
    }

    public boolean isOver() {
        for (Party party : parties) {
            if (!party.isOver()) {
                return false;
            }
        }
        return true;
    }

    public long startTime() {
        return first().startTime();
    }

    /** When the conversation ended; a supervisor who leaves later does not make it longer. */
    public static long endTime(List<Party> parties) {
        boolean onlySupervisors = areSupervisors(parties);
        long end = Long.MIN_VALUE;
        for (Party party : parties) {
            if (onlySupervisors || !party.isSupervisor()) {
                end = Math.max(end, party.lastKnownTime());
            }
        }
        return end;
    }
}
