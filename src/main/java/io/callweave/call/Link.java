package io.callweave.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two parties of different sessions of which one names the other as its peer.
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
    static List<Link> of(Call call) {
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
        List<Link> links = new ArrayList<>(earliest.size());
        for (Naming naming : earliest.values()) {
            String reason = naming.event().facts().reason();
            links.add(new Link(
                    kind(call, naming, reason), reason, naming.event().eventTime(), naming.from(), naming.to()));
        }
        links.sort(ORDER);
        return links;
    }

    private static Kind kind(Call call, Naming naming, @Nullable String reason) {
        if (reason == null) {
            return isConference(call, naming.from()) || isConference(call, naming.to()) ? Kind.CONFERENCE : Kind.OTHER;
        }
        return switch (reason) {
            case Reason.ATTENDED_TRANSFER -> Kind.ATTENDED_TRANSFER;
            case Reason.CONFERENCE -> Kind.CONFERENCE;
            case Reason.SUPERVISING -> Kind.SUPERVISION;
            case Reason.PICKUP -> hasParked(call, naming.to()) ? Kind.PARK_RETRIEVAL : Kind.PICKUP;
            default -> Kind.OTHER;
        };
    }

    private static boolean isConference(Call call, PartyRef ref) {
        return call.sessions().stream()
                .anyMatch(session -> session.id().equals(ref.telephonySessionId()) && session.isConference());
    }

    private static boolean hasParked(Call call, PartyRef ref) {
        return call.parties().stream()
                .anyMatch(party -> party.ref().telephonySessionId().equals(ref.telephonySessionId())
                        && party.timeline().wasIn(Status.PARKED));
    }
}
