package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.completion.CompletionBlocker;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Peer;
import io.callweave.explain.replay.StageReplay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Says in words what a record does not know: sequences, sessions, ends. */
final class Gaps {

    /** These can be so in a complete record, too: a setting can ignore gaps. */
    private static final List<String> ALWAYS_SAID = List.of("sequenceGap", "missingSession", "noFinalStatus");

    private final CallHistory history;
    private final Labels labels;

    Gaps(CallHistory history, Labels labels) {
        this.history = history;
        this.labels = labels;
    }

    /** A sentence for each thing that a record does not know, whether or not that makes it partial. */
    List<String> missing(Emitted record) {
        Set<String> reasons = new LinkedHashSet<>(ALWAYS_SAID);
        reasons(record.json()).forEach(reasons::add);
        return reasons.stream()
                .flatMap(reason -> facts(reason, record).stream())
                .toList();
    }

    /** Why a record is partial: each of its reasons, with the facts behind it. */
    List<String> whyPartial(Emitted record) {
        return reasons(record.json())
                .map(reason -> reason + ": " + String.join("; ", facts(reason, record)))
                .toList();
    }

    private static Stream<String> reasons(JsonNode call) {
        return StreamSupport.stream(call.path("incomplete").spliterator(), false)
                .map(JsonNode::asText);
    }

    private List<String> facts(String reason, Emitted record) {
        JsonNode call = record.json();
        List<String> facts = known(reason, record, call);
        boolean told = !facts.isEmpty() || reasons(call).noneMatch(reason::equals);
        return told ? facts : List.of(reason + ", without more in the record");
    }

    private List<String> known(String reason, Emitted record, JsonNode call) {
        return switch (reason) {
            case "sequenceGap" -> sequences(call);
            case "missingSession" -> sessions(call);
            case "noFinalStatus" -> ends(call);
            case "unseenContinuation" -> continuations(record);
            case "capped" ->
                List.of("the call has more events, sessions or bytes than are kept (limits.*), and what arrived"
                        + " beyond that was left out");
            case "internalError" ->
                List.of("the call could not be assembled. That is a fault of Callweave: please report it");
            default -> List.<String>of();
        };
    }

    /** A party that names a peer is left out: its session was seen, or is missing itself. */
    private List<String> continuations(Emitted record) {
        StageReplay.Situation situation = record.emission().situation();
        List<String> facts = new ArrayList<>();
        if (situation != null) {
            Set<PartyRef> withPeer = new HashSet<>();
            for (JsonNode party : record.json().path("parties")) {
                if (party.path("peer").isObject()) {
                    withPeer.add(new PartyRef(
                            party.path("telephonySessionId").asText(),
                            party.path("partyId").asText()));
                }
            }
            for (CompletionBlocker doubt : situation.doubts()) {
                if (doubt instanceof CompletionBlocker.ContinuationUnseen unseen
                        && !withPeer.contains(unseen.party())) {
                    facts.add(labels.party(
                                    unseen.party().telephonySessionId(),
                                    unseen.party().partyId())
                            + " ended with " + unseen.reason() + ", and who has the call afterwards was not seen");
                }
            }
        }
        return facts;
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
