package io.callweave.call;

import io.callweave.call.NumberSeen.IntroducedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * By which link each session came into the call. From the first session on, the earliest link that leads out of those
 * that are in brings in the next one; an unseen session between two is gone through.
 */
final class SessionEntries {

    private final Call call;
    private final List<Link> links;

    /** The places in the list of links, which is by time, of those that touch a session. */
    private final Map<String, List<Integer>> touching = new HashMap<>();

    SessionEntries(Call call, List<Link> links) {
        this.call = call;
        this.links = links;
        Set<String> ofCall = new HashSet<>(call.missingSessions());
        call.sessions().forEach(session -> ofCall.add(session.id()));
        for (int place = 0; place < links.size(); place++) {
            String from = links.get(place).from().telephonySessionId();
            String to = links.get(place).to().telephonySessionId();
            // A supervisor's link leads into another call.
            if (ofCall.contains(from) && ofCall.contains(to)) {
                touching.computeIfAbsent(from, any -> new ArrayList<>()).add(place);
                touching.computeIfAbsent(to, any -> new ArrayList<>()).add(place);
            }
        }
    }

    /** What each session but the first came by; nothing of one that no link leads to. */
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
