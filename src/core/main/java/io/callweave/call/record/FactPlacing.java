package io.callweave.call.record;

import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.fact.FactPlace;
import io.callweave.call.session.MailboxVisit;
import io.callweave.call.session.Mention;
import io.callweave.call.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * To which sessions of an account later facts belong. Memory grows with the recordings and messages that are told of, not
 * with the sessions.
 */
public final class FactPlacing {

    /**
     * Of the sessions that name a recording, the earliest say when it is ready: one notification must not change any number of
     * calls.
     */
    public static final int MOST_NAMING = 10;

    private static final Comparator<Mentioned> EARLIEST =
            Comparator.comparing(Mentioned::mention, Mention.ORDER).thenComparing(Mentioned::session);

    /** Of several notices of one recording or message, one counts, and so it alone says where that belongs. */
    private final Map<Object, FactNotice> counting = new HashMap<>();

    /** Of each recording or message, the sessions that name it. */
    private final Map<Thing, List<Mentioned>> mentioned = new HashMap<>();

    /** By extension. */
    private final Map<String, List<Visited>> visits = new HashMap<>();

    private record Thing(FactKind kind, String id) {}

    private record Mentioned(Mention mention, String session) {}

    private record Visited(MailboxVisit visit, String session) {}

    /** @param notices all of the account */
    public FactPlacing(Collection<FactNotice> notices) {
        for (FactNotice notice : notices) {
            counting.merge(
                    identity(notice), notice, (one, other) -> other.whole().supersedes(one.whole()) ? other : one);
            if (notice.place() instanceof FactPlace.Mailbox message) {
                visits.computeIfAbsent(message.extensionId(), extension -> new ArrayList<>());
            }
        }
    }

    /** Takes a session of the account. Once all were taken, it is known where the facts belong. */
    public void see(Session session) {
        if (counting.isEmpty()) {
            return;
        }
        for (Mention mention : Mention.of(session)) {
            Thing thing = new Thing(mention.kind(), mention.id());
            if (counting.containsKey(thing)) {
                mentioned.computeIfAbsent(thing, added -> new ArrayList<>()).add(new Mentioned(mention, session.id()));
            }
        }
        for (MailboxVisit visit : MailboxVisit.of(session)) {
            List<Visited> known = visits.get(visit.extensionId());
            if (known != null) {
                known.add(new Visited(visit, session.id()));
            }
        }
    }

    /** The notices without duplicates, and without those that give way to another one. */
    public Collection<FactNotice> counting() {
        return Collections.unmodifiableCollection(counting.values());
    }

    /** The sessions that show what a notice says; it need not be one that was seen if the notice names it. */
    public List<String> sessionsOf(FactNotice notice) {
        if (notice.place() instanceof FactPlace.InSession in) {
            return List.of(in.telephonySessionId());
        }
        List<Mentioned> naming = mentioned.getOrDefault(new Thing(notice.kind(), notice.id()), List.of());
        if (notice.place() instanceof FactPlace.NamedByEvent) {
            return naming.stream()
                    .sorted(EARLIEST)
                    .limit(MOST_NAMING)
                    .map(Mentioned::session)
                    .toList();
        }
        if (!naming.isEmpty()) {
            return List.of(Collections.min(naming, EARLIEST).session());
        }
        return notice.place() instanceof FactPlace.Mailbox message ? onlyVisited(message) : List.of();
    }

    private static Object identity(FactNotice notice) {
        return notice.place() instanceof FactPlace.InSession
                ? List.of(notice.place(), notice.whole().id(), notice.whole().body())
                : new Thing(notice.kind(), notice.id());
    }

    /** Where it is not certain, it is better on no call than on the wrong one. */
    private List<String> onlyVisited(FactPlace.Mailbox message) {
        String only = null;
        for (Visited visited : visits.getOrDefault(message.extensionId(), List.of())) {
            if (visited.visit().fits(message) && !visited.session().equals(only)) {
                if (only != null) {
                    return List.of();
                }
                only = visited.session();
            }
        }
        return only == null ? List.of() : List.of(only);
    }
}
