package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which notifications came late, and which of them are the events in lanes. */
public final class EventReceipts {

    private record Receipt(JsonNode body, boolean late) {}

    private final Map<String, List<Receipt>> bySession = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    /**
     * Adds a notification; they must be added in the order of their receipt.
     *
     * @return whether it came after a newer one of its session. One that came before is only repeated, and is not late.
     */
    public boolean add(String session, JsonNode body) {
        Long sequence = Json.millis(body, "sequence");
        boolean late = false;
        if (sequence != null && seen.add(session + "/" + sequence)) {
            Long before = newest.get(session);
            late = before != null && sequence < before;
            newest.merge(session, sequence, Math::max);
            bySession.computeIfAbsent(session, each -> new ArrayList<>()).add(new Receipt(body, late));
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
                            .filter(receipt -> tells(receipt.body, lane.path("partyId"), event))
                            .findFirst()
                            .ifPresent(receipt -> ((ObjectNode) event)
                                    .put(
                                            "sequence",
                                            receipt.body.path("sequence").asLong())
                                    .put("late", receipt.late)));
        });
        return lanes;
    }

    /** A status begins with the first notification that has it; its time is the time of that event. */
    private static boolean tells(JsonNode body, JsonNode partyId, JsonNode event) {
        Long at = Json.time(event, "at");
        String status = event.path("status").asText();
        return at != null
                && at.equals(Json.time(body, "eventTime"))
                && Json.stream(body.path("parties"))
                        .anyMatch(party -> party.path("id").equals(partyId)
                                && party.at("/status/code").asText().equalsIgnoreCase(status));
    }
}
