package io.callweave.call.transfer;

import io.callweave.call.Call;
import io.callweave.call.joining.Link;
import io.callweave.call.transfer.NumberSeen.IntroducedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Finds the link by which each session came into the call. Starting at the first session, the earliest link that leads
 * out of the sessions found so far adds the next one. The path may lead through an unseen session.
 */
final class SessionEntries {

    private final Call call;
    private final List<Link> links;

    /** For each session, the indexes of the links that touch it. The list of links is sorted by time. */
    private final Map<String, List<Integer>> touching = new HashMap<>();

    SessionEntries(Call call, List<Link> links) {
        this.call = call;
        this.links = links;
        Set<String> ofCall = new HashSet<>(call.missingSessions());
        call.sessions().forEach(session -> ofCall.add(session.id()));
        for (int place = 0; place < links.size(); place++) {
            String from = links.get(place).from().telephonySessionId();
            String to = links.get(place).to().telephonySessionId();
            // A supervisor's link leads to another call.
            if (ofCall.contains(from) && ofCall.contains(to)) {
                touching.computeIfAbsent(from, any -> new ArrayList<>()).add(place);
                touching.computeIfAbsent(to, any -> new ArrayList<>()).add(place);
            }
        }
    }

    /** How each session but the first came into the call. A session that no link leads to is left out. */
    Map<String, IntroducedBy> kinds() {
        Map<String, IntroducedBy> kinds = new HashMap<>();
        Set<String> in = new HashSet<>();
        PriorityQueue<Integer> leadingOut = new PriorityQueue<>();
        enter(call.callId(), in, leadingOut);
        while (!leadingOut.isEmpty()) {
            Link link = links.get(leadingOut.remove());
            String from = link.from().telephonySessionId();
            String to = link.to().telephonySessionId();
            String next = in.contains(from) ? to : from;
            if (!in.contains(next)) {
                kinds.put(next, Numbers.introducedBy(Transfers.kindOf(link)));
                enter(next, in, leadingOut);
            }
        }
        return kinds;
    }

    private void enter(String session, Set<String> in, PriorityQueue<Integer> leadingOut) {
        in.add(session);
        leadingOut.addAll(touching.getOrDefault(session, List.of()));
    }
}
