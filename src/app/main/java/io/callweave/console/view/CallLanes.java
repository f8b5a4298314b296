package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryLookup;
import io.callweave.journey.CallNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A finished call as a picture: a lane for each party, and arrows where the call was handed over. */
public final class CallLanes {

    private static final Map<String, String> ARROWS = Map.of(
            "attended", "attended transfer",
            "blind", "blind transfer",
            "conference", "conference",
            "park", "picked up from park",
            "pickup", "picked up",
            "flip", "moved to another device",
            "switch", "moved to another device");

    private final JsonNode call;
    private final CallNames names;
    private final List<JsonNode> parties;

    /** @param call as on the topic of call records */
    public CallLanes(JsonNode call, DirectoryLookup directory) {
        this.call = call;
        names = new CallNames(call, directory);
        // A bridge stands for a party of another session, which has a lane.
        parties = Json.stream(call.path("parties"))
                .filter(party -> !Json.is(party, "role", "bridge"))
                .toList();
    }

    /** In the order of the record: by session, then by first sequence. */
    public ArrayNode lanes() {
        ArrayNode lanes = JsonNodeFactory.instance.arrayNode();
        parties.forEach(party -> lanes.add(lane(party)));
        return lanes;
    }

    /** Transfers, conferences and supervision, by time. */
    public ArrayNode arrows() {
        List<ObjectNode> arrows = new ArrayList<>();
        Json.stream(call.path("transfers")).forEach(transfer -> {
            String kind = transfer.path("kind").asText();
            arrow(arrows, transfer, transfer.path("by"), kind, ARROWS.getOrDefault(kind, kind));
        });
        Json.stream(call.path("links"))
                .filter(link -> Json.is(link, "kind", "supervision"))
                .forEach(link -> arrow(arrows, link, link.path("from"), "supervision", "listens in"));
        arrows.sort((one, other) ->
                one.path("at").asText().compareTo(other.path("at").asText()));
        return JsonNodeFactory.instance.arrayNode().addAll(arrows);
    }

    private void arrow(List<ObjectNode> arrows, JsonNode step, JsonNode by, String kind, String text) {
        OptionalInt from = index(by);
        OptionalInt to = index(step.path("to"));
        if (from.isPresent() && to.isPresent()) {
            arrows.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("at", Json.text(step, "time"))
                    .put("fromLane", from.getAsInt())
                    .put("toLane", to.getAsInt())
                    .put("kind", kind)
                    .put("text", text));
        }
    }

    private OptionalInt index(JsonNode ref) {
        return IntStream.range(0, parties.size())
                .filter(i -> Json.same(parties.get(i), ref))
                .findFirst();
    }

    private ObjectNode lane(JsonNode party) {
        String role = role(party);
        ObjectNode lane = JsonNodeFactory.instance.objectNode();
        lane.put("sessionId", Json.text(party, "telephonySessionId"));
        lane.put("partyId", Json.text(party, "partyId"));
        lane.put("label", names.party(party));
        lane.put("session", session(party));
        lane.put("role", role);
        lane.put("answered", party.path("answerTime").isTextual());
        lane.put("note", note(party));
        ArrayNode spans = lane.putArray("spans");
        ArrayNode events = lane.putArray("events");
        Json.stream(party.path("segments")).forEach(segment -> {
            events.addObject()
                    .put("at", Json.text(segment, "startTime"))
                    .putNull("sequence")
                    .put("status", Json.text(segment, "status"))
                    .put("late", false);
            spans(spans, segment, role);
        });
        return lane;
    }

    private int session(JsonNode party) {
        JsonNode sessions = call.path("sessions");
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.path(i).path("telephonySessionId").equals(party.path("telephonySessionId"))) {
                return i;
            }
        }
        return 0;
    }

    private String role(JsonNode party) {
        if (Json.is(party, "role", "supervisor", "queue")) {
            return party.path("role").asText();
        }
        boolean recorded = Json.stream(party.path("segments"))
                .anyMatch(segment -> Json.is(segment, "status", "Voicemail", "VMScreening"));
        if (recorded && !party.path("answerTime").isTextual()) {
            return "voicemail";
        }
        if (names.isMenu(party) || handedOnUnheard(party)) {
            return "menu";
        }
        if (Json.text(party, "extensionId") != null) {
            return "agent";
        }
        return Json.is(party, "direction", "Outbound") ? "caller" : "other";
    }

    /**
     * Menus do not ring, are not answered, and another party follows them at once. The record names them only if they end with a
     * reason of their own, or if the directory knows them.
     */
    private boolean handedOnUnheard(JsonNode party) {
        String end = Json.text(party, "endTime");
        return end != null
                && Json.is(party, "direction", "Inbound")
                && Json.text(party, "extensionId") != null
                && Json.stream(party.path("segments")).allMatch(one -> Json.is(one, "status", "Setup", "Disconnected"))
                && parties.stream()
                        .anyMatch(other -> Json.is(other, "direction", "Inbound")
                                && !Json.same(other, party)
                                && other.path("telephonySessionId").equals(party.path("telephonySessionId"))
                                && end.equals(Json.text(other, "startTime")));
    }

    private @Nullable String note(JsonNode party) {
        return Json.stream(call.path("legs"))
                .filter(leg -> Json.same(party, leg))
                .filter(leg -> Json.is(leg, "result", "Answered Elsewhere"))
                .findFirst()
                .map(leg -> "answered elsewhere")
                .orElse(null);
    }

    /** The line of a caller is Answered by the menu or the queue at once: until somebody answers, the caller waits. */
    private void spans(ArrayNode spans, JsonNode segment, String role) {
        String from = Json.text(segment, "startTime");
        String to = Json.text(segment, "endTime");
        String state = PartyState.of(Json.text(segment, "status"), role);
        if (state == null || from == null || from.equals(to)) {
            return;
        }
        String answer = Json.text(call, "answerTime");
        boolean waits =
                role.equals("caller") && state.equals("talking") && (answer == null || from.compareTo(answer) < 0);
        if (!waits) {
            span(spans, from, to, state);
        } else if (answer == null || (to != null && to.compareTo(answer) <= 0)) {
            span(spans, from, to, "waiting");
        } else {
            span(spans, from, answer, "waiting");
            span(spans, answer, to, state);
        }
    }

    private static void span(ArrayNode spans, String from, @Nullable String to, String state) {
        spans.addObject().put("from", from).put("to", to).put("state", state);
    }
}
