package io.callweave.call.record;

import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.fact.FactPlace;
import io.callweave.call.session.MailboxVisit;
import io.callweave.call.session.Mention;
import io.callweave.call.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which sessions of an account later facts belong to. */
final class FactPlacing {

    private final Map<String, Session> sessions;

    /** Of each recording or message, the sessions that name it. */
    private final Map<Thing, List<Mentioned>> mentioned = new HashMap<>();

    /** By extension. */
    private final Map<String, List<Visited>> visits = new HashMap<>();

    private record Thing(FactKind kind, String id) {}

    private record Mentioned(Mention mention, String session) {}

    private record Visited(MailboxVisit visit, String session) {}

    /** @param sessions of one account, by id; they get their facts */
    FactPlacing(Map<String, Session> sessions) {
        this.sessions = sessions;
        for (Session session : sessions.values()) {
            for (Mention mention : Mention.of(session)) {
                mentioned
                        .computeIfAbsent(new Thing(mention.kind(), mention.id()), thing -> new ArrayList<>())
                        .add(new Mentioned(mention, session.id()));
            }
            for (MailboxVisit visit : MailboxVisit.of(session)) {
                visits.computeIfAbsent(visit.extensionId(), extension -> new ArrayList<>())
                        .add(new Visited(visit, session.id()));
            }
        }
    }

    /**
     * Gives the sessions their facts.
     *
     * @return the notices that belong to none
     */
    List<FactNotice> place(Collection<FactNotice> notices) {
        // Of several notices of one message, one counts, and so it alone says where the message belongs.
        Map<Thing, FactNotice> counting = new HashMap<>();
        for (FactNotice notice : notices) {
            counting.merge(thing(notice), notice, (one, other) -> other.whole().supersedes(one.whole()) ? other : one);
        }
        List<FactNotice> unplaced = new ArrayList<>();
        for (FactNotice notice : notices) {
            FactNotice place = notice.place() instanceof FactPlace.InSession ? notice : counting.get(thing(notice));
            Session session = place == null ? null : sessions.get(sessionOf(place));
            if (session == null) {
                unplaced.add(notice);
            } else {
                sessions.put(session.id(), session.with(session.facts().with(notice.kept())));
            }
        }
        return unplaced;
    }

    private static Thing thing(FactNotice notice) {
        return new Thing(notice.kind(), notice.id());
    }

    private @Nullable String sessionOf(FactNotice notice) {
        if (notice.place() instanceof FactPlace.InSession in) {
            return in.telephonySessionId();
        }
        Mentioned earliest = null;
        for (Mentioned one : mentioned.getOrDefault(thing(notice), List.of())) {
            earliest = earliest == null || isEarlier(one, earliest) ? one : earliest;
        }
        if (earliest != null) {
            return earliest.session();
        }
        return notice.place() instanceof FactPlace.Mailbox message ? onlyVisited(message) : null;
    }

    private static boolean isEarlier(Mentioned one, Mentioned other) {
        return one.mention().time() != other.mention().time()
                ? one.mention().time() < other.mention().time()
                : one.session().compareTo(other.session()) < 0;
    }

    /** Where it is not certain, it is better on no call than on the wrong one. */
    private @Nullable String onlyVisited(FactPlace.Mailbox message) {
        String only = null;
        for (Visited visited : visits.getOrDefault(message.extensionId(), List.of())) {
            if (visited.visit().fits(message) && !visited.session().equals(only)) {
                if (only != null) {
                    return null;
                }
                only = visited.session();
            }
        }
        return only;
    }
}
