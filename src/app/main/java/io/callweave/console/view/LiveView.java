package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.journey.CallNames;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A live call with the names of those who are in it. */
public final class LiveView {

    private static final Instant NEVER = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Set<String> ADDED = Set.of("names", "label", "doing", "agents");

    private LiveView() {}

    /**
     * The value with names, labels and what the call does.
     *
     * @param value as on the topic of live calls
     * @param earlier what was shown of the call before
     * @param receivedAt when the newest event that streams knew of it was received
     */
    public static ObjectNode of(
            JsonNode value, @Nullable ObjectNode earlier, Instant receivedAt, DirectoryLookup directory) {
        ObjectNode live = sent(value);
        ObjectNode shown = live.deepCopy();
        CallNames names = new CallNames(live, directory);
        Instant newsAt = newsAt(earlier, receivedAt);
        ObjectNode doing = LiveDoing.of(live, earlier, newsAt, directory);
        shown.set("doing", doing);
        shown.set("names", NamesIn.of(live, directory));
        ObjectNode label = shown.putObject("label");
        label.put("from", caller(live, names, directory));
        label.put("to", called(live, names, directory));
        JsonNode by = live.path("answeredBy");
        boolean answered = by.isObject() && doing.path("answerTime").isTextual();
        label.put("answeredBy", answered ? person(by, names) : null);
        label.put("queue", queue(live, Json.text(doing.path("queue"), "id"), names));
        ArrayNode agents = shown.putArray("agents");
        // Nobody talks in a fax.
        Json.stream(live.path("parties"))
                .filter(party -> !Json.is(live, "state", "fax"))
                .filter(party -> role(live, party, directory).equals("agent"))
                .map(party -> Json.text(party, "extensionId"))
                .distinct()
                .forEach(agents::add);
        return shown;
    }

    /** Of two receipts the later one: an event that was received earlier can come later. */
    private static Instant newsAt(@Nullable ObjectNode earlier, Instant receivedAt) {
        Long known = earlier == null ? null : Json.time(earlier.path("doing"), "newsAt");
        return known == null || known <= receivedAt.toEpochMilli() ? receivedAt : Instant.ofEpochMilli(known);
    }

    /** The same value after the directory has changed. */
    public static ObjectNode renamed(ObjectNode view, DirectoryLookup directory) {
        return of(view, view, NEVER, directory);
    }

    private static ObjectNode sent(JsonNode view) {
        ObjectNode live = view.deepCopy();
        return live.remove(ADDED);
    }

    /** Lanes as far as the value tells: what each party that is not over does now. */
    public static ArrayNode lanes(JsonNode live, DirectoryLookup directory) {
        CallNames names = new CallNames(live, directory);
        ArrayNode lanes = JsonNodeFactory.instance.arrayNode();
        Json.stream(live.path("parties"))
                .filter(party -> !Json.is(party, "role", "bridge"))
                .forEach(party -> {
                    String role = role(live, party, directory);
                    String state = PartyState.of(Json.text(party, "status"), role);
                    boolean waits = role.equals("caller")
                            && "talking".equals(state)
                            && !live.path("answeredBy").isObject();
                    ObjectNode lane = lanes.addObject();
                    lane.put("sessionId", Json.text(party, "telephonySessionId"));
                    lane.put("partyId", Json.text(party, "partyId"));
                    lane.put("label", person(party, names));
                    lane.put("session", session(live, party));
                    lane.put("role", role);
                    lane.put("answered", Json.is(party, "status", "Answered", "Hold", "Parked"));
                    lane.putNull("note");
                    ArrayNode spans = lane.putArray("spans");
                    if (state != null) {
                        spans.addObject()
                                .put("from", Json.text(party, "since"))
                                .putNull("to")
                                .put("state", waits ? "waiting" : state);
                    }
                    lane.putArray("events")
                            .addObject()
                            .put("at", Json.text(party, "since"))
                            .putNull("sequence")
                            .put("status", Json.text(party, "status"))
                            .put("late", false);
                });
        return lanes;
    }

    /** The same as a sentence. */
    public static String sentence(JsonNode view) {
        JsonNode label = view.path("label");
        String by = Json.text(label, "answeredBy");
        String queue = Json.text(label, "queue");
        return label.path("from").asText() + " \u2192 "
                + (queue == null ? label.path("to").asText() : queue)
                + (by == null ? "" : ", answered by " + by);
    }

    /** Colleagues dial a number. Whose it is, the party says that it rings. */
    private static String called(JsonNode live, CallNames names, DirectoryLookup directory) {
        JsonNode to = live.path("to");
        String user = live.path("internal").asBoolean() ? userRungAt(to, live, directory) : null;
        return user == null ? names.address(to) : user;
    }

    /** The name of the only user who is rung, if the address is a number only. */
    private static @Nullable String userRungAt(JsonNode address, JsonNode live, DirectoryLookup directory) {
        if (Json.text(address, "extensionId") != null) {
            return null;
        }
        List<String> rung = Json.stream(live.path("parties"))
                .filter(party -> Json.is(party, "direction", "Inbound"))
                .filter(party -> Json.text(party, "queueExtensionId") == null)
                .map(party -> Json.text(party, "extensionId"))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        DirectoryEntry entry =
                rung.size() == 1 ? directory.find(live.path("accountId").asText(), rung.get(0)) : null;
        return entry == null ? null : entry.name();
    }

    /**
     * RingCentral sends both ends with each event: if one is empty, the caller withholds the number. In a RingOut, the phone
     * of the user who calls rings, too.
     */
    private static String caller(JsonNode live, CallNames names, DirectoryLookup directory) {
        boolean ringOut = Json.is(live, "action", "RingOut Web");
        String user = ringOut ? userRungAt(live.path("from"), live, directory) : null;
        if (user != null) {
            return user;
        }
        boolean withheld = Json.is(live, "direction", "Inbound")
                && !CallNames.isKnown(live.path("from"))
                && CallNames.isKnown(live.path("to"));
        return withheld ? CallNames.WITHHELD : names.address(live.path("from"));
    }

    /** Parties of live calls have their name and number themselves, not in addresses. */
    static String person(JsonNode party, CallNames names) {
        boolean calls = Json.is(party, "direction", "Outbound");
        return calls && !CallNames.isKnown(party) ? CallNames.WITHHELD : names.address(party);
    }

    static int session(JsonNode live, JsonNode party) {
        JsonNode sessions = live.path("sessions");
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.path(i).equals(party.path("telephonySessionId"))) {
                return i;
            }
        }
        return 0;
    }

    static String role(JsonNode live, JsonNode party, DirectoryLookup directory) {
        if (Json.is(party, "role", "supervisor", "queue")) {
            return party.path("role").asText();
        }
        if (Json.is(party, "status", "Voicemail", "VMScreening")) {
            return "voicemail";
        }
        String extension = Json.text(party, "extensionId");
        if (extension == null) {
            return Json.is(party, "direction", "Outbound") ? "caller" : "other";
        }
        DirectoryEntry entry = directory.find(live.path("accountId").asText(), extension);
        String type = entry == null ? DirectoryEntry.USER : entry.type();
        return type.equals(DirectoryEntry.QUEUE) ? "queue" : type.equals(DirectoryEntry.IVR) ? "menu" : "agent";
    }

    /** The queue in which the call waits, else the one that it came to last. */
    private static @Nullable String queue(JsonNode live, @Nullable String waitsIn, CallNames names) {
        JsonNode latest = Json.stream(live.path("parties"))
                .filter(party -> Json.text(party, "queueExtensionId") != null)
                .filter(party -> waitsIn == null || waitsIn.equals(Json.text(party, "queueExtensionId")))
                .max(Comparator.comparing(party -> party.path("since").asText()))
                .orElse(null);
        if (latest != null) {
            // Parties that a queue rings have its name as their own.
            return names.queue(latest);
        }
        return waitsIn == null
                ? null
                : names.queue(JsonNodeFactory.instance.objectNode().put("queueExtensionId", waitsIn));
    }
}
