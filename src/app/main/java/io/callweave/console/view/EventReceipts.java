package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.event.PartyEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which notifications came late, and which of them are the events in lanes. */
public final class EventReceipts {

    /** @param late whether it came after a newer one */
    private record Receipt(PartyEvent event, boolean late) {}

    private final Map<String, List<Receipt>> bySession = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    /**
     * Adds a notification; they must be added in the order of their receipt.
     *
     * @param events what it says of each party
     * @return whether it came after a newer one of its session. One that came before is only repeated, and is not late.
     */
    public boolean add(String session, List<PartyEvent> events) {
        if (events.isEmpty()) {
            return false;
        }
        long sequence = events.get(0).sequence();
        boolean late = false;
        if (seen.add(session + "/" + sequence)) {
            Long before = newest.get(session);
            late = before != null && sequence < before;
            newest.merge(session, sequence, Math::max);
            List<Receipt> receipts = bySession.computeIfAbsent(session, each -> new ArrayList<>());
            for (PartyEvent event : events) {
                receipts.add(new Receipt(event, late));
            }
        }
        return late;
    }

    /** Writes to the events of lanes which sequence they have, and whether they came late. */
    public ArrayNode mark(ArrayNode lanes) {
        lanes.forEach(lane -> {
            List<Receipt> receipts =
                    bySession.getOrDefault(lane.path("sessionId").asText(), List.of());
            lane.path("events")
                    .forEach(event -> receipts.stream()
                            .filter(receipt -> tells(receipt.event, lane, event))
                            .findFirst()
                            .ifPresent(receipt -> ((ObjectNode) event)
                                    .put("sequence", receipt.event.sequence())
                                    .put("late", receipt.late)));
        });
        return lanes;
    }

    /** A status begins with the first notification that has it; its time is the time of that event. */
    private static boolean tells(PartyEvent sent, JsonNode lane, JsonNode event) {
        Long at = Json.time(event, "at");
        return at != null
                && at == sent.eventTime()
                && sent.partyId().equals(lane.path("partyId").asText())
                && sent.facts().status().equalsIgnoreCase(event.path("status").asText());
    }
}
