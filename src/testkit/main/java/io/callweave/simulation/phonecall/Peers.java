package io.callweave.simulation.phonecall;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.Notification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The peers that a call's notifications name. */
final class Peers {

    private Peers() {}

    static List<JsonNode> named(PhoneCall call) {
        return call.notifications().stream()
                .map(notification -> notification.party().at("/status/peerId"))
                .filter(peer -> !peer.isMissingNode())
                .toList();
    }

    /** The pairs of parties that name each other, each pair once, the first to name the other first. */
    static List<List<String>> mutual(PhoneCall call) {
        Map<String, String> peers = new HashMap<>();
        List<List<String>> pairs = new ArrayList<>();
        for (Notification notification : call.notifications()) {
            JsonNode party = notification.party();
            JsonNode peer = party.at("/status/peerId/partyId");
            if (!peer.isMissingNode()) {
                String id = party.path("id").asText();
                peers.put(id, peer.asText());
                if (id.equals(peers.get(peer.asText()))) {
                    pairs.add(List.of(peer.asText(), id));
                }
            }
        }
        return pairs;
    }
}
