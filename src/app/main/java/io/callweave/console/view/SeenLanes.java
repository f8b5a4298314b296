package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.PartyRef;
import io.callweave.call.live.LiveParty;
import io.callweave.call.session.Role;
import io.callweave.directory.DirectoryLookup;
import io.callweave.words.LiveWords;
import io.callweave.words.PartyLane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lanes of a call that goes on. Its value has only what each party does now; its notifications tell what was before. */
public final class SeenLanes {

    private record Event(PartyEvent sent, boolean late) {

        long sequence() {
            return sent.sequence();
        }

        long at() {
            return sent.eventTime();
        }

        String status() {
            return sent.facts().status();
        }
    }

    private static final Address NOWHERE = new Address(null, null, null, null);
    private static final Set<String> ENDS = Set.of("Gone", "Disconnected");

    /** By session and party. */
    private final Map<List<String>, List<Event>> byParty = new LinkedHashMap<>();

    /**
     * Adds a notification, in any order.
     *
     * @param events what it says of each party
     * @param late whether it came after a newer one
     */
    public void add(String session, List<PartyEvent> events, boolean late) {
        events.forEach(event -> byParty.computeIfAbsent(List.of(session, event.partyId()), each -> new ArrayList<>())
                .add(new Event(event, late)));
    }

    /**
     * Lanes with all that was seen, those of parties that are over too, in the order in which the parties came.
     *
     * @param live the call as it is now
     * @param now its lanes, as {@link LiveWords#lanes} makes them
     */
    public ArrayNode over(LiveView live, ArrayNode now, DirectoryLookup directory) {
        LiveWords words = LiveWords.of(live.call(), directory);
        Map<List<String>, ObjectNode> lanes = new LinkedHashMap<>();
        String answer = Json.text(live.json().path("doing"), "answerTime");
        byParty.forEach((key, events) -> {
            ObjectNode lane = lane(words, key, events);
            if (lane != null) {
                lanes.put(key, lane);
            }
        });
        now.forEach(lane -> {
            List<String> key = List.of(
                    lane.path("sessionId").asText(), lane.path("partyId").asText());
            lanes.merge(key, (ObjectNode) lane, SeenLanes::goingOn);
        });
        lanes.values().forEach(lane -> endRinging(lane, answer));
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        lanes.values().stream()
                .sorted(Comparator.<ObjectNode>comparingInt(
                                lane -> lane.path("session").asInt())
                        .thenComparing(lane -> lane.at("/events/0/at").asText()))
                .forEach(all::add);
        return all;
    }

    private static @Nullable ObjectNode lane(LiveWords words, List<String> key, List<Event> events) {
        List<Event> changes = changes(events);
        if (changes.stream().allMatch(event -> ENDS.contains(event.status()))) {
            return null; // its beginning was lost, or it stands for a party of another session, which has a lane
        }
        LiveParty party = party(key, changes.get(changes.size() - 1));
        String role = words.role(party);
        ObjectNode lane = LaneJson.lane(
                JsonNodeFactory.instance.objectNode(),
                key.get(0),
                key.get(1),
                words.person(party),
                words.session(key.get(0)),
                role,
                changes.stream().anyMatch(event -> event.status().equals("Answered")));
        ArrayNode spans = lane.putArray("spans");
        ArrayNode told = lane.putArray("events");
        for (int i = 0; i < changes.size(); i++) {
            Event event = changes.get(i);
            Long next = i + 1 < changes.size() ? changes.get(i + 1).at() : null;
            String state = PartyLane.state(event.status(), role);
            if (state != null && !Objects.equals(event.at(), next)) {
                LaneJson.span(spans, new PartyLane.Span(event.at(), next, state));
            }
            LaneJson.event(told, new PartyLane.Event(event.at(), event.status()), event.sequence(), event.late);
        }
        return lane;
    }

    /** The first event of each status, by sequence; a status that comes again later counts again. */
    private static List<Event> changes(List<Event> events) {
        List<Event> changes = new ArrayList<>();
        events.stream().sorted(Comparator.comparingLong(Event::sequence)).forEach(event -> {
            String before =
                    changes.isEmpty() ? null : changes.get(changes.size() - 1).status();
            if (!Objects.equals(before, event.status())) {
                changes.add(event);
            }
        });
        return changes;
    }

    /** As in the value of a live call. */
    private static LiveParty party(List<String> key, Event last) {
        PartyFacts sent = last.sent.facts();
        Address own = Objects.requireNonNullElse("Inbound".equals(sent.direction()) ? sent.to() : sent.from(), NOWHERE);
        String extension = sent.extensionId();
        return new LiveParty(
                new PartyRef(key.get(0), key.get(1)),
                Role.PARTICIPANT,
                sent.direction(),
                extension == null ? own.extensionId() : extension,
                null,
                own.phoneNumber(),
                own.name(),
                last.status(),
                null,
                last.at());
    }

    /** A phone that rang before the answer, and seems to ring still, has lost its end. */
    private static void endRinging(ObjectNode lane, @Nullable String answer) {
        lane.path("spans").forEach(span -> {
            boolean rings = Json.is(span, "state", "ringing") && span.path("to").isNull();
            if (rings && answer != null && span.path("from").asText().compareTo(answer) < 0) {
                ((ObjectNode) span).put("to", answer);
            }
        });
    }

    /** What is there now is true; a party whose notifications are older than it does what the call says. */
    private static ObjectNode goingOn(ObjectNode seen, ObjectNode now) {
        JsonNode current = now.at("/events/0");
        JsonNode last = seen.path("events").path(seen.path("events").size() - 1);
        if (!last.path("status").equals(current.path("status"))) {
            JsonNode open = seen.path("spans").path(seen.path("spans").size() - 1);
            if (open instanceof ObjectNode span && span.path("to").isNull()) {
                span.set("to", current.path("at"));
            }
            ((ArrayNode) seen.path("spans")).addAll((ArrayNode) now.path("spans"));
            ((ArrayNode) seen.path("events")).add(current);
        }
        seen.set("label", now.path("label"));
        seen.set("role", now.path("role"));
        return seen;
    }
}
