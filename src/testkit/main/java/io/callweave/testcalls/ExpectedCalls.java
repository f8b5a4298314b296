package io.callweave.testcalls;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.callweave.simulation.platform.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Calls that were derived independently of Callweave, one a line. The records must have every field that a line has,
 * with its value; other fields may be anything. Lists of sessions, parties, links and handovers may be in any order. A
 * link is the two sessions that it connects. The handovers are the transfers inside a session. {@code ownPhoneNumber} is
 * the number of a party's own address.
 */
public final class ExpectedCalls {

    private static final int MOST_COMPLAINTS = 20;

    private final Map<String, JsonNode> byCall = new LinkedHashMap<>();

    private ExpectedCalls(List<String> lines) {
        for (String line : lines) {
            JsonNode call = WireJson.read(line);
            if (byCall.put(callOf(call), call) != null) {
                throw new IllegalArgumentException("The call " + callOf(call) + " is expected twice");
            }
        }
    }

    /** Reads a file of the test resources, such as {@code acceptance/clean.calls.ndjson}. */
    public static ExpectedCalls in(String resource) {
        return new ExpectedCalls(lines(resource));
    }

    public static ExpectedCalls of(List<String> lines) {
        return new ExpectedCalls(lines);
    }

    /** The lines of a file of the test resources. */
    public static List<String> lines(String resource) {
        try {
            return Files.readAllLines(path(resource), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the test resources. */
    public static Path path(String resource) {
        return Path.of("src", "samples").resolve(resource);
    }

    /** Asserts that the records are exactly these calls, each once and as expected; fails with all differences. */
    public void assertAre(Collection<String> records) {
        assertHas(records, true);
    }

    /** Asserts that each of these calls is among the records, once and as expected; there may be others. */
    public void assertAreAmong(Collection<String> records) {
        assertHas(records, false);
    }

    private void assertHas(Collection<String> records, boolean noOthers) {
        List<String> complaints = complaints(records, noOthers);
        if (!complaints.isEmpty()) {
            int shown = Math.min(MOST_COMPLAINTS, complaints.size());
            fail(complaints.size() + " differences:\n" + String.join("\n", complaints.subList(0, shown))
                    + (shown < complaints.size() ? "\n…" : ""));
        }
    }

    List<String> complaints(Collection<String> records, boolean noOthers) {
        List<String> complaints = new ArrayList<>();
        Map<String, JsonNode> actual = new LinkedHashMap<>();
        for (String line : records) {
            JsonNode call = WireJson.read(line);
            if (actual.put(callOf(call), call) != null) {
                complaints.add("call " + callOf(call) + " is there twice");
            }
        }
        byCall.forEach((name, expected) -> {
            JsonNode call = actual.remove(name);
            if (call == null) {
                complaints.add("call " + name + " is not there");
            } else {
                compareCall(name, expected, call, complaints);
            }
        });
        if (noOthers) {
            actual.keySet().forEach(name -> complaints.add("call " + name + " is there and not expected"));
        }
        return complaints;
    }

    private static void compareCall(String name, JsonNode expected, JsonNode actual, List<String> complaints) {
        expected.properties().forEach(field -> {
            JsonNode value = actual.path(field.getKey());
            switch (field.getKey()) {
                case "revision", "epoch" -> {
                    // It counts emissions, which are not part of the call.
                }
                case "sessions" ->
                    compareSet(name, "session", "telephonySessionId", field.getValue(), value, complaints);
                case "parties" -> compareSet(name, "party", "partyId", field.getValue(), value, complaints);
                case "links" -> compare(name + ": links between", pairs(field.getValue()), pairs(value), complaints);
                case "handovers" -> compare(name + ": handovers", given(field.getValue()), inside(actual), complaints);
                default -> compareTree(name + ": " + field.getKey(), field.getValue(), value, complaints);
            }
        });
    }

    private static void compareSet(
            String call, String what, String id, JsonNode expected, JsonNode actual, List<String> complaints) {
        Map<String, JsonNode> left = new LinkedHashMap<>();
        actual.forEach(element -> left.put(element.path(id).asText(), element));
        if (left.size() != actual.size()) {
            complaints.add("call " + call + ": some " + what + " is there twice");
        }
        for (JsonNode element : expected) {
            String name = call + ": " + what + " " + element.path(id).asText();
            JsonNode found = left.remove(element.path(id).asText());
            if (found == null) {
                complaints.add("call " + name + " is not there");
            } else {
                element.properties()
                        .forEach(field -> compare(
                                name + ": " + field.getKey(),
                                field.getValue(),
                                field.getKey().equals("ownPhoneNumber")
                                        ? ownPhoneNumber(found)
                                        : found.path(field.getKey()),
                                complaints));
            }
        }
        left.keySet()
                .forEach(other ->
                        complaints.add("call " + call + ": " + what + " " + other + " is there and not expected"));
    }

    /** Compares the fields that expected objects have; lists in their order. */
    private static void compareTree(String name, JsonNode expected, JsonNode actual, List<String> complaints) {
        if (expected.isObject() && actual.isObject()) {
            expected.properties()
                    .forEach(field -> compareTree(
                            name + "." + field.getKey(), field.getValue(), actual.path(field.getKey()), complaints));
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compareTree(name + "[" + i + "]", expected.get(i), actual.get(i), complaints);
            }
        } else {
            compare(name, expected, actual, complaints);
        }
    }

    private static void compare(String name, Object expected, Object actual, List<String> complaints) {
        if (!expected.equals(actual)) {
            complaints.add("call " + name + " is " + actual + " and not " + expected);
        }
    }

    /**
     * Of an expected link, {@code between}; of a record's link, the sessions of its two ends; sorted, each pair once.
     */
    private static Set<String> pairs(JsonNode links) {
        TreeSet<String> pairs = new TreeSet<>();
        for (JsonNode link : links) {
            TreeSet<String> sessions = new TreeSet<>();
            JsonNode between = link.path("between");
            if (between.isArray()) {
                between.forEach(session -> sessions.add(session.asText()));
            } else {
                sessions.add(link.at("/from/telephonySessionId").asText());
                sessions.add(link.at("/to/telephonySessionId").asText());
            }
            pairs.add(String.join(" and ", sessions));
        }
        return pairs;
    }

    private static JsonNode ownPhoneNumber(JsonNode party) {
        JsonNode own = party.path(party.path("direction").asText().equals("Outbound") ? "from" : "to");
        JsonNode number = own.path("phoneNumber");
        return number.isMissingNode() ? NullNode.getInstance() : number;
    }

    private static Set<String> given(JsonNode handovers) {
        Set<String> words = new TreeSet<>();
        handovers.forEach(each -> words.add(words(each.path("kind"), each.path("by"), each.path("to"))));
        return words;
    }

    /** The transfers of a record of which no link is the cause. */
    private static Set<String> inside(JsonNode call) {
        Set<String> ended = new HashSet<>();
        call.path("parties").forEach(party -> {
            if (party.path("endReason").asText().equals("Pickup")
                    && party.path("peer").isNull()) {
                ended.add(party.path("partyId").asText());
            }
        });
        Set<String> words = new TreeSet<>();
        for (JsonNode transfer : call.path("transfers")) {
            JsonNode by = transfer.at("/by/partyId");
            switch (transfer.path("kind").asText()) {
                case "blind", "flip", "switch" ->
                    words.add(words(transfer.path("kind"), by, transfer.at("/to/partyId")));
                case "pickup" -> {
                    if (ended.contains(by.asText())) {
                        words.add(words(transfer.path("kind"), by, transfer.at("/to/partyId")));
                    }
                }
                default -> {
                    // Between two sessions: the links are compared.
                }
            }
        }
        return words;
    }

    private static String words(JsonNode kind, JsonNode by, JsonNode to) {
        return kind.asText() + " by " + by.asText() + " to " + to.asText("null");
    }

    private static String callOf(JsonNode call) {
        return call.path("accountId").asText() + "/" + call.path("callId").asText();
    }
}
