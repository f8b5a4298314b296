package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.journey.CallNames;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A live call with the names of those who are in it. */
public final class LiveView {

    private static final String WITHHELD = "withheld";

    private LiveView() {}

    /**
     * The value with names and labels.
     *
     * @param live as on the topic of live calls
     */
    public static ObjectNode of(JsonNode live, DirectoryLookup directory) {
        ObjectNode shown = live.deepCopy();
        CallNames names = new CallNames(live, directory);
        shown.set("names", NamesIn.of(live, directory));
        ObjectNode label = shown.putObject("label");
        label.put("from", address(live.path("from"), names));
        label.put("to", called(live, names, directory));
        JsonNode by = live.path("answeredBy");
        label.put("answeredBy", by.isObject() ? person(by, names) : null);
        label.put("queue", queue(live, directory));
        return shown;
    }

    /** Lanes as far as the value tells: what each party that is not over does now. */
    public static ArrayNode lanes(JsonNode live, DirectoryLookup directory) {
        CallNames names = new CallNames(live, directory);
        ArrayNode lanes = JsonNodeFactory.instance.arrayNode();
        Json.stream(live.path("parties"))
                .filter(party -> !Json.is(party, "role", "bridge"))
                .forEach(party -> {
                    String role = role(party, names);
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
        return label.path("from").asText() + " \u2192 " + label.path("to").asText()
                + (by == null ? "" : ", answered by " + by);
    }

    /** Colleagues dial a number. Whose it is, the party says that it rings. */
    private static String called(JsonNode live, CallNames names, DirectoryLookup directory) {
        JsonNode to = live.path("to");
        if (live.path("internal").asBoolean() && Json.text(to, "extensionId") == null) {
            List<String> rung = Json.stream(live.path("parties"))
                    .filter(party -> Json.is(party, "direction", "Inbound"))
                    .filter(party -> Json.text(party, "queueExtensionId") == null)
                    .map(party -> Json.text(party, "extensionId"))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            DirectoryEntry entry =
                    rung.size() == 1 ? directory.find(live.path("accountId").asText(), rung.get(0)) : null;
            if (entry != null && entry.name() != null) {
                return entry.name();
            }
        }
        return address(to, names);
    }

    private static String address(JsonNode address, CallNames names) {
        boolean known = Json.text(address, "name") != null
                || Json.text(address, "phoneNumber") != null
                || Json.text(address, "extensionId") != null
                || Json.text(address, "extensionNumber") != null;
        return known ? names.address(address) : WITHHELD;
    }

    /** Parties of live calls have their name and number themselves, not in addresses. */
    private static String person(JsonNode party, CallNames names) {
        return address(party, names);
    }

    private static int session(JsonNode live, JsonNode party) {
        JsonNode sessions = live.path("sessions");
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.path(i).equals(party.path("telephonySessionId"))) {
                return i;
            }
        }
        return 0;
    }

    private static String role(JsonNode party, CallNames names) {
        if (Json.is(party, "role", "supervisor", "queue")) {
            return party.path("role").asText();
        }
        if (Json.is(party, "status", "Voicemail", "VMScreening")) {
            return "voicemail";
        }
        if (names.isMenu(party)) {
            return "menu";
        }
        if (Json.text(party, "extensionId") != null) {
            return "agent";
        }
        return Json.is(party, "direction", "Outbound") ? "caller" : "other";
    }

    private static @Nullable String queue(JsonNode live, DirectoryLookup directory) {
        String account = live.path("accountId").asText();
        Set<String> queues = new TreeSet<>();
        Json.stream(live.path("parties"))
                .map(party -> Json.text(party, "queueExtensionId"))
                .filter(id -> id != null)
                .forEach(queues::add);
        if (queues.isEmpty()) {
            return null;
        }
        String id = queues.iterator().next();
        DirectoryEntry entry = directory.find(account, id);
        if (entry != null && entry.name() != null) {
            return entry.name();
        }
        // Parties that a queue rings have its name as their own.
        return Json.stream(live.path("parties"))
                .filter(party -> id.equals(Json.text(party, "queueExtensionId")))
                .map(party -> Json.text(party, "name"))
                .filter(name -> name != null)
                .findFirst()
                .orElse(id);
    }
}
