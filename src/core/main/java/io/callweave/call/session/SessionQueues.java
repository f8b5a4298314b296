package io.callweave.call.session;

import io.callweave.call.event.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the queues of one session, the parties that are queues, and the queue that rang each other party. In the public
 * samples, {@code to.extensionId} of an agent's party with {@code queueCall} is the queue. A queue can have a party of
 * its own, with the queue as its {@code extensionId}. INFER: one party alone does not show which of the two it is, so this
 * needs the whole session.
 */
final class SessionQueues {

    private SessionQueues() {}

    /** The parties of one session, in the order given, with their final roles and queues. */
    static List<Party> assign(List<Party> parties) {
        Set<String> queues = of(parties);
        if (queues.isEmpty()) {
            return parties;
        }
        String only = queues.size() == 1 ? queues.iterator().next() : null;
        List<Party> assigned = new ArrayList<>(parties.size());
        for (Party party : parties) {
            assigned.add(assign(party, queues, only));
        }
        return assigned;
    }

    private static Party assign(Party party, Set<String> queues, @Nullable String only) {
        if (party.role() == Role.PARTICIPANT && party.extensionId() != null && queues.contains(party.extensionId())) {
            return party.in(Role.QUEUE, party.extensionId());
        }
        if (!party.own() || !party.queueCall()) {
            return party;
        }
        String called = party.to() == null ? null : party.to().extensionId();
        return party.in(party.role(), called != null && queues.contains(called) ? called : only);
    }

    private static Set<String> of(List<Party> parties) {
        Set<String> queues = new HashSet<>();
        for (Party party : parties) {
            for (String called : party.queuesCalled()) {
                if (!called.equals(party.extensionId())) {
                    queues.add(called);
                }
            }
        }
        if (!queues.isEmpty()) {
            return queues;
        }
        // Only the queue's own party was seen: it starts with Setup and never rings. An agent's party rings.
        for (Party party : parties) {
            if (!party.queuesCalled().isEmpty()
                    && party.timeline().steps().get(0).status().equals(Status.SETUP)
                    && !party.timeline().wasIn(Status.PROCEEDING)) {
                queues.addAll(party.queuesCalled());
            }
        }
        return queues;
    }
}
