package io.callweave.testcalls;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares a simulation's truth about its calls with records. A record must have every field of the truth, with its
 * value. Lists of sessions, parties and links may be in any order.
 */
public final class Truth {

    /** The members that identify the elements of a list. */
    private static final Map<String, String> IDS = Map.of("sessions", "telephonySessionId", "parties", "partyId");

    private static final Set<String> NOT_OF_THE_RECORD = Set.of("dropped");

    private final Map<String, JsonNode> calls = new LinkedHashMap<>();

    private Truth(Collection<String> lines) {
        for (String line : lines) {
            JsonNode call = WireJson.read(line);
            if (calls.put(keyOf(call), call) != null) {
                throw new IllegalArgumentException("The call " + keyOf(call) + " is told twice");
            }
        }
    }

    /** Reads the truth in lines, as {@code simulate --truth} writes them. */
    public static Truth of(Collection<String> lines) {
        return new Truth(lines);
    }

    public static Truth ofCalls(Collection<CallTruth> calls) {
        return new Truth(calls.stream().map(CallTruth::json).toList());
    }

    /** The differences, one sentence each: all calls must be there, each as in the truth, and no others. */
    public List<String> differences(Collection<String> records) {
        List<String> differences = new ArrayList<>();
        Map<String, JsonNode> found = byKey(records);
        calls.forEach((key, call) -> {
            JsonNode record = found.remove(key);
            if (record == null) {
                differences.add("call " + key + " is not there");
            } else {
                compare("call " + key, call, record, differences);
            }
        });
        found.keySet().forEach(key -> differences.add("call " + key + " is there and never was"));
        return differences;
    }

    /**
     * The same if notifications were lost. Calls without losses are as in the truth. In each other call, each session
     * lists the lost sequences that it lacks, up to the last seen one.
     */
    public List<String> differencesWithLosses(Collection<String> records) {
        List<String> differences = new ArrayList<>();
        Map<String, JsonNode> sessionsFound = new TreeMap<>();
        Map<String, JsonNode> recordOf = new TreeMap<>();
        for (JsonNode record : byKey(records).values()) {
            for (JsonNode session : record.path("sessions")) {
                String key = sessionKey(record, session);
                recordOf.put(key, record);
                if (sessionsFound.put(key, session) != null) {
                    differences.add("session " + key + " is in two calls");
                }
            }
        }
        calls.forEach((key, call) -> {
            Map<String, SortedSet<Long>> lost = lost(call);
            if (lost.isEmpty()) {
                compare("call " + key, call, recordOf.get(key), differences);
            }
            for (JsonNode session : call.path("sessions")) {
                String id = sessionKey(call, session);
                SortedSet<Long> gone = lost.getOrDefault(id, new TreeSet<>());
                JsonNode found = sessionsFound.remove(id);
                if (found == null) {
                    if (gone.size() < session.path("partyEvents").asInt()) {
                        differences.add("session " + id + " is not there");
                    }
                    continue;
                }
                gone.addAll(sequences(session.path("missingSequences")));
                long last = found.path("lastSequence").asLong();
                SortedSet<Long> expected = new TreeSet<>(gone.headSet(last));
                SortedSet<Long> missing = sequences(found.path("missingSequences"));
                JsonNode record = recordOf.get(id);
                if (!missing.equals(expected)) {
                    differences.add("session " + id + " lacks " + missing + " and not " + expected);
                }
                if (!expected.isEmpty() && !record.path("incomplete").toString().contains("sequenceGap")) {
                    differences.add("session " + id + " lacks something, and its call has no sequenceGap");
                }
                if (!call.path("sessions")
                        .findValuesAsText("telephonySessionId")
                        .containsAll(record.path("sessions").findValuesAsText("telephonySessionId"))) {
                    differences.add("session " + id + " is in a call with sessions of another call");
                }
            }
        });
        sessionsFound.keySet().forEach(id -> differences.add("session " + id + " is there and never was"));
        return differences;
    }

    public int size() {
        return calls.size();
    }

    /** The number of calls with losses. */
    public long withLosses() {
        return calls.values().stream().filter(call -> !lost(call).isEmpty()).count();
    }

    private static Map<String, SortedSet<Long>> lost(JsonNode call) {
        Map<String, SortedSet<Long>> lost = new TreeMap<>();
        call.path("dropped")
                .forEach(session -> lost.put(sessionKey(call, session), sequences(session.path("sequences"))));
        return lost;
    }

    private static SortedSet<Long> sequences(JsonNode ranges) {
        TreeSet<Long> sequences = new TreeSet<>();
        for (JsonNode range : ranges) {
            for (long one = range.path(0).asLong(); one <= range.path(1).asLong(); one++) {
                sequences.add(one);
            }
        }
        return sequences;
    }

    private static void compare(String where, JsonNode truth, JsonNode record, List<String> differences) {
        truth.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode actual = record.path(name);
            if (IDS.containsKey(name)) {
                elements(where, name, field.getValue(), actual, differences);
            } else if (name.equals("links")) {
                same(where + ": " + name, texts(field.getValue()), texts(actual), differences);
            } else if (!NOT_OF_THE_RECORD.contains(name)) {
                value(where + ": " + name, field.getValue(), actual, differences);
            }
        });
    }

    /** An object in the record may have more fields. */
    private static void value(String where, JsonNode truth, JsonNode actual, List<String> differences) {
        if (truth.isObject() && actual.isObject()) {
            truth.properties()
                    .forEach(field -> value(
                            where + "." + field.getKey(), field.getValue(), actual.path(field.getKey()), differences));
        } else {
            same(where, truth, actual, differences);
        }
    }

    private static void elements(String where, String list, JsonNode truth, JsonNode actual, List<String> differences) {
        String id = IDS.getOrDefault(list, "");
        Map<String, JsonNode> left = new TreeMap<>();
        actual.forEach(element -> left.put(element.path(id).asText(), element));
        for (JsonNode element : truth) {
            JsonNode found = left.remove(element.path(id).asText());
            String name = where + ": " + list + " " + element.path(id).asText();
            if (found == null) {
                differences.add(name + " is not there");
            } else {
                value(name, element, found, differences);
            }
        }
        left.keySet().forEach(other -> differences.add(where + ": " + list + " " + other + " is there and never was"));
    }

    private static void same(String where, Object truth, Object actual, List<String> differences) {
        if (!truth.equals(actual)) {
            differences.add(where + " is " + actual + " and was " + truth);
        }
    }

    private static SortedSet<String> texts(JsonNode list) {
        TreeSet<String> texts = new TreeSet<>();
        list.forEach(element -> texts.add(element.toString()));
        return texts;
    }

    private static Map<String, JsonNode> byKey(Collection<String> records) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        for (String line : records) {
            JsonNode record = WireJson.read(line);
            if (byKey.put(keyOf(record), record) != null) {
                throw new IllegalArgumentException("The record of " + keyOf(record) + " is there twice");
            }
        }
        return byKey;
    }

    private static String keyOf(JsonNode call) {
        return call.path("accountId").asText() + "/" + call.path("callId").asText();
    }

    private static String sessionKey(JsonNode call, JsonNode session) {
        return call.path("accountId").asText() + "/"
                + session.path("telephonySessionId").asText();
    }
}
