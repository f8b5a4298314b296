package io.callweave.call.joining;

import io.callweave.call.Call;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Peer;
import io.callweave.call.event.Reason;
import io.callweave.call.event.Status;
import io.callweave.call.session.FoldedSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two parties of different sessions, one of which names the other as its peer.
 *
 * @param reason as sent
 * @param time when it was first named
 * @param from the party that named it first
 */
public record Link(Kind kind, @Nullable String reason, long time, PartyRef from, PartyRef to) {

    /** What joined the two sessions. */
    public enum Kind {
        ATTENDED_TRANSFER,
        CONFERENCE,
        SUPERVISION,
        PARK_RETRIEVAL,
        PICKUP,
        OTHER
    }

    private record Pair(PartyRef smaller, PartyRef greater) {
        static Pair of(PartyRef one, PartyRef other) {
            return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    private record Naming(PartyRef from, PartyRef to, PartyEvent event) {}

    private static final Comparator<Naming> EARLIER = Comparator.comparingLong(
                    (Naming naming) -> naming.event().eventTime())
            .thenComparing(Naming::from)
            .thenComparing(naming -> naming.event().place());

    private static final Comparator<Link> ORDER =
            Comparator.comparingLong(Link::time).thenComparing(Link::from).thenComparing(Link::to);

    /** One link per unordered pair of parties, by time. */
    public static List<Link> of(Call call) {
        Map<Pair, Naming> earliest = new HashMap<>();
        call.events().forEach(event -> {
            Peer peer = event.facts().peer();
            if (peer != null) {
                PartyRef from = new PartyRef(event.session().telephonySessionId(), event.partyId());
                PartyRef to = new PartyRef(peer.telephonySessionId(), peer.partyId());
                earliest.merge(
                        Pair.of(from, to),
                        new Naming(from, to, event),
                        (old, other) -> EARLIER.compare(other, old) < 0 ? other : old);
            }
        });
        if (earliest.isEmpty()) {
            return List.of();
        }
        Sessions sessions = Sessions.of(call);
        List<Link> links = new ArrayList<>(earliest.size());
        for (Naming naming : earliest.values()) {
            String reason = naming.event().facts().reason();
            links.add(new Link(
                    kind(sessions, naming, reason), reason, naming.event().eventTime(), naming.from(), naming.to()));
        }
        links.sort(ORDER);
        return links;
    }

    /** The sessions of a call that decide the kind of a link, by their ids. */
    private record Sessions(Set<String> conferences, Set<String> withParked) {

        static Sessions of(Call call) {
            Set<String> conferences = new HashSet<>();
            Set<String> withParked = new HashSet<>();
            for (FoldedSession session : call.sessions()) {
                if (session.isConference()) {
                    conferences.add(session.id());
                }
                if (session.parties().stream()
                        .anyMatch(party -> party.timeline().wasIn(Status.PARKED))) {
                    withParked.add(session.id());
                }
            }
            return new Sessions(conferences, withParked);
        }
    }

    private static Kind kind(Sessions sessions, Naming naming, @Nullable String reason) {
        String from = naming.from().telephonySessionId();
        String to = naming.to().telephonySessionId();
        if (reason == null) {
            return sessions.conferences().contains(from)
                            || sessions.conferences().contains(to)
                    ? Kind.CONFERENCE
                    : Kind.OTHER;
        }
        return switch (reason) {
            case Reason.ATTENDED_TRANSFER -> Kind.ATTENDED_TRANSFER;
            case Reason.CONFERENCE -> Kind.CONFERENCE;
            case Reason.SUPERVISING -> Kind.SUPERVISION;
            case Reason.PICKUP -> sessions.withParked().contains(to) ? Kind.PARK_RETRIEVAL : Kind.PICKUP;
            default -> Kind.OTHER;
        };
    }
}
