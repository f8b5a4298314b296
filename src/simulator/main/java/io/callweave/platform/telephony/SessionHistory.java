package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was sent of one telephony session, with the times at which it was sent. */
final class SessionHistory {

    /**
     * A notification.
     *
     * @param at when it was sent
     * @param envelope as a subscription to everything receives it
     */
    record Sent(Instant at, JsonNode envelope) {

        JsonNode party() {
            return envelope.at("/body/parties/0");
        }

        private String partyId() {
            return party().path("id").asText();
        }
    }

    private final List<Sent> all = new ArrayList<>();

    synchronized void add(Instant at, JsonNode envelope) {
        all.add(new Sent(at, envelope));
    }

    synchronized Sent first() {
        return all.get(0);
    }

    synchronized Sent last() {
        return all.get(all.size() - 1);
    }

    String id() {
        return first().envelope().at("/body/telephonySessionId").asText();
    }

    /** The id from before telephony sessions existed. */
    String legacyId() {
        return first().envelope().at("/body/sessionId").asText();
    }

    String origin() {
        return first().envelope().at("/body/origin/type").asText();
    }

    synchronized long lastSequence() {
        return all.stream()
                .mapToLong(sent -> sent.envelope().at("/body/sequence").asLong())
                .max()
                .orElse(1);
    }

    /** The newest state of each party at a time, in the order in which they appeared. */
    synchronized Map<String, Sent> parties(Instant at) {
        Map<String, Sent> parties = new LinkedHashMap<>();
        all.stream().filter(sent -> !sent.at().isAfter(at)).forEach(sent -> parties.put(sent.partyId(), sent));
        return parties;
    }

    /** The first notification of each party. */
    synchronized Map<String, Sent> beginnings() {
        Map<String, Sent> parties = new LinkedHashMap<>();
        all.forEach(sent -> parties.putIfAbsent(sent.partyId(), sent));
        return parties;
    }

    /** Whether every party that is known at a time is over. */
    boolean isOver(Instant at) {
        return parties(at).values().stream().noneMatch(sent -> isOpen(sent.party()));
    }

    static boolean isOpen(JsonNode party) {
        String status = party.at("/status/code").asText();
        return !status.equals("Disconnected") && !status.equals("Gone");
    }

    /** A new notification of a party, to be changed. */
    synchronized ObjectNode next(JsonNode party, String time) {
        ObjectNode envelope = last().envelope().deepCopy();
        ObjectNode body = (ObjectNode) envelope.path("body");
        body.put("sequence", lastSequence() + 1).put("eventTime", time);
        body.putArray("parties").add(party.deepCopy());
        return envelope;
    }
}
