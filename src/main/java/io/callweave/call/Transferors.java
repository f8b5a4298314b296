package io.callweave.call;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parties that handed a call on, blind or attended. A hand-over from an IVR or a queue is no transfer. */
final class Transferors {

    private static final Set<String> BLIND = Set.of("BlindTransfer", "RccTransfer", "DtmfTransfer");

    private Transferors() {}

    static Set<PartyRef> of(Call call, List<Link> links) {
        Set<PartyRef> transferors = new HashSet<>();
        for (Party party : call.parties()) {
            Timeline.End end = party.end();
            if (end != null
                    && end.status().equals(Status.DISCONNECTED)
                    && BLIND.contains(String.valueOf(end.reason()))) {
                transferors.add(party.ref());
            }
        }
        addAttended(call, links, transferors);
        return transferors;
    }

    /** One per pair of sessions: the end of the link that lies in the session that began earlier. */
    private static void addAttended(Call call, List<Link> links, Set<PartyRef> transferors) {
        Map<String, Integer> order = new HashMap<>();
        for (FoldedSession session : call.sessions()) {
            order.put(session.id(), order.size());
        }
        Set<Set<String>> pairs = new HashSet<>();
        for (Link link : links) {
            String from = link.from().telephonySessionId();
            String to = link.to().telephonySessionId();
            if (link.kind() == Link.Kind.ATTENDED_TRANSFER && pairs.add(Set.of(from, to))) {
                int fromOrder = order.getOrDefault(from, Integer.MAX_VALUE);
                int toOrder = order.getOrDefault(to, Integer.MAX_VALUE);
                transferors.add(fromOrder <= toOrder ? link.from() : link.to());
            }
        }
    }
}
