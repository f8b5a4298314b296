package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Peer;
import java.util.ArrayList;
import java.util.List;

/** Says in words what a record does not know: sequences, sessions, ends. */
final class Gaps {

    private final CallHistory history;
    private final Labels labels;

    Gaps(CallHistory history, Labels labels) {
        this.history = history;
        this.labels = labels;
    }

    /** A sentence for each missing thing, whether or not it makes the record partial. */
    List<String> missing(JsonNode call) {
        List<String> missing = new ArrayList<>();
        missing.addAll(sequences(call));
        missing.addAll(sessions(call));
        missing.addAll(ends(call));
        return missing;
    }

    /** Why a record is partial: each of its reasons, with the facts behind it. */
    List<String> whyPartial(JsonNode call) {
        List<String> why = new ArrayList<>();
        call.path("incomplete").forEach(reason -> why.add(reason.asText() + ": " + behind(reason.asText(), call)));
        return why;
    }

    private String behind(String reason, JsonNode call) {
        List<String> facts = switch (reason) {
            case "sequenceGap" -> sequences(call);
            case "missingSession" -> sessions(call);
            case "noFinalStatus" -> ends(call);
            case "capped" ->
                List.of("the call has more events, sessions or bytes than are kept (limits.*), and what arrived"
                        + " beyond that was left out");
            case "internalError" ->
                List.of("the call could not be assembled. That is a fault of Callweave: please report it");
            default -> List.<String>of();
        };
        return String.join("; ", facts);
    }

    private List<String> sequences(JsonNode call) {
        List<String> facts = new ArrayList<>();
        for (JsonNode session : call.path("sessions")) {
            JsonNode missing = session.path("missingSequences");
            if (!missing.isEmpty()) {
                String sequences = Words.sequences(missing);
                facts.add(sequences + " of session " + label(session)
                        + (sequences.startsWith("sequences") ? " are missing" : " is missing"));
            }
        }
        return facts;
    }

    private List<String> sessions(JsonNode call) {
        List<String> facts = new ArrayList<>();
        for (JsonNode id : call.path("missingSessions")) {
            facts.add("session " + labels.session(id.asText()) + " was named as a peer" + namedBy(id.asText())
                    + " and was not seen");
        }
        return facts;
    }

    private String namedBy(String sessionId) {
        for (Arrival arrival : history.arrivals()) {
            PartyEvent event = arrival.event();
            Peer peer = event.facts().peer();
            if (peer != null && peer.telephonySessionId().equals(sessionId)) {
                return " by " + labels.event(arrival);
            }
        }
        return "";
    }

    private List<String> ends(JsonNode call) {
        List<String> facts = new ArrayList<>();
        for (JsonNode party : call.path("parties")) {
            if (party.path("endStatus").isNull()) {
                JsonNode segments = party.path("segments");
                facts.add("a final status of " + party(party) + " is missing, its last status is "
                        + segments.path(segments.size() - 1).path("status").asText());
            }
        }
        return facts;
    }

    private String party(JsonNode party) {
        return labels.party(
                party.path("telephonySessionId").asText(), party.path("partyId").asText());
    }

    private String label(JsonNode session) {
        return labels.session(session.path("telephonySessionId").asText());
    }
}
