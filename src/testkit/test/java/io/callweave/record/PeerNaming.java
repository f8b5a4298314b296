package io.callweave.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.platform.Notification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes of notifications, in which both ends of a cross call name each other in full, others that tell the same call: an
 * end may say nothing, and a peer may be written as REST replies and old notifications have it. Seed 0 changes nothing.
 */
final class PeerNaming {

    private final long seed;

    PeerNaming(long seed) {
        this.seed = seed;
    }

    /** That one party names another. */
    private record Naming(String party, String peer) {
        Naming back() {
            return new Naming(/* party= */ peer, /* peer= */ party);
        }
    }

    List<Notification> applied(List<Notification> notifications) {
        if (seed == 0) {
            return notifications;
        }
        SplittableRandom random = new SplittableRandom(seed);
        Set<Naming> silent = silent(notifications, random);
        List<Notification> all = new ArrayList<>();
        for (Notification notification : notifications) {
            ObjectNode tree = (ObjectNode) notification.tree();
            ObjectNode status = (ObjectNode) tree.at("/body/parties/0/status");
            Naming naming = naming(tree);
            if (naming != null) {
                if (silent.contains(naming)) {
                    status.remove("peerId");
                } else {
                    rewrite((ObjectNode) status.get("peerId"), random.nextInt(4));
                }
            }
            all.add(new Notification(
                    notification.account(),
                    notification.telephonySessionId(),
                    notification.sequence(),
                    notification.eventTime(),
                    notification.sentAt(),
                    tree.toString()));
        }
        return all;
    }

    /** Of each two that name each other: none of them, the first or the second. */
    private static Set<Naming> silent(List<Notification> notifications, SplittableRandom random) {
        Set<Naming> seen = new HashSet<>();
        Set<Naming> silent = new HashSet<>();
        for (Notification notification : notifications) {
            Naming naming = naming(notification.tree());
            if (naming != null && seen.add(naming) && seen.contains(naming.back())) {
                switch (random.nextInt(3)) {
                    case 0 -> silent.add(naming);
                    case 1 -> silent.add(naming.back());
                    default -> {
                        // Both speak.
                    }
                }
            }
        }
        return silent;
    }

    private static void rewrite(ObjectNode peer, int form) {
        String session = peer.path("telephonySessionId").asText();
        switch (form) {
            case 0 -> peer.put("sessionId", session).remove("telephonySessionId");
            case 1 -> peer.remove("telephonySessionId");
            case 2 -> peer.put("telephonySessionId", "");
            default -> {
                // In full.
            }
        }
    }

    private static @Nullable Naming naming(JsonNode notification) {
        JsonNode party = notification.at("/body/parties/0");
        JsonNode peer = party.at("/status/peerId/partyId");
        return peer.isMissingNode() ? null : new Naming(party.path("id").asText(), peer.asText());
    }
}
