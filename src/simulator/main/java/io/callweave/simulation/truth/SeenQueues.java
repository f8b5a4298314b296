package io.callweave.simulation.truth;

import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.Happening;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.WireStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queues that an account can see in a session, and which phones rang for each. Phones that ring for a queue show
 * its address. If none rings, the queue's own party shows it, if it is marked and only waits.
 */
final class SeenQueues {

    private SeenQueues() {}

    /** @param parties of one session */
    static void settle(List<SeenParty> parties) {
        Set<String> known = called(parties.stream(), false).collect(Collectors.toSet());
        if (known.isEmpty()) {
            known = called(parties.stream().filter(SeenQueues::waits), true).collect(Collectors.toSet());
        }
        for (SeenParty party : parties) {
            Extension extension = party.extension();
            if (party.supervises() || party.standsIn() || party.leg().standing() == SimulatedLeg.Standing.HOSTS) {
                party.isFor(party.leg().isQueueCall() ? queueOf(party, known) : null);
            } else if (extension != null && known.contains(extension.id())) {
                party.isQueue(extension.id());
            } else if (party.isOwn() && party.leg().isQueueCall()) {
                party.isFor(queueOf(party, known));
            }
        }
    }

    private static Stream<String> called(Stream<SeenParty> parties, boolean themselves) {
        return parties.filter(party -> party.isOwn() && party.leg().isQueueCall())
                .flatMap(party -> party.events().stream()
                        .map(event -> event.to().extensionId())
                        .filter(id -> id != null && (themselves || !isOwn(party, id))));
    }

    private static boolean isOwn(SeenParty party, String id) {
        return party.leg().extension() != null && party.leg().extension().id().equals(id);
    }

    /** It begins like a menu, and no phone rings. */
    private static boolean waits(SeenParty party) {
        return party.phases().get(0).status().equals(WireStatus.SETUP) && !party.wasIn(WireStatus.PROCEEDING);
    }

    private static @Nullable String queueOf(SeenParty party, Set<String> known) {
        Contact to = party.last(Happening::to);
        String called = to == null ? null : to.extensionId();
        if (called != null && known.contains(called)) {
            return called;
        }
        return known.size() == 1 ? known.iterator().next() : null;
    }
}
