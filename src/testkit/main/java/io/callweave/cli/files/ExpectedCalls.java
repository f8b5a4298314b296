package io.callweave.cli.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Calls that were worked out independently of Callweave, with some of the fields of a record. */
final class ExpectedCalls {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SortedMap<String, JsonNode> expected = new TreeMap<>();

    private ExpectedCalls() {}

    static ExpectedCalls of(Collection<Path> files) {
        ExpectedCalls calls = new ExpectedCalls();
        for (Path file : files) {
            lines(file).forEach(line -> calls.expected.put(key(line), line));
        }
        return calls;
    }

    /**
     * In what way records differ from the expected calls; empty if they do not. Fields that the expected calls do not have
     * count for nothing.
     *
     * @param records by account and call id
     */
    List<String> differences(Map<String, String> records) {
        List<String> differences = new ArrayList<>();
        expected.forEach((key, call) -> {
            String found = records.get(key);
            if (found == null) {
                differences.add(key + " is missing");
            } else {
                ObjectNode callRecord = (ObjectNode) tree(found);
                callRecord.replace("links", between(callRecord.path("links")));
                compare(key, call, callRecord, differences);
            }
        });
        records.keySet().stream()
                .filter(key -> !expected.containsKey(key))
                .forEach(key -> differences.add(key + " was not expected"));
        return differences;
    }

    private static void compare(String at, JsonNode wanted, JsonNode found, List<String> differences) {
        if (wanted.isObject()) {
            wanted.properties()
                    .forEach(field -> compare(
                            at + "." + field.getKey(), field.getValue(), found.path(field.getKey()), differences));
        } else if (wanted.isArray() && found.isArray() && wanted.size() == found.size()) {
            List<JsonNode> all = sorted(found);
            int index = 0;
            for (JsonNode element : sorted(wanted)) {
                compare(at + "[" + index + "]", element, all.get(index), differences);
                index++;
            }
        } else if (!wanted.equals(found)) {
            differences.add(at + " is " + found + " instead of " + wanted);
        }
    }

    /** Of each link only which two sessions it is between, as the expected calls have it. */
    private static ArrayNode between(JsonNode links) {
        ArrayNode pairs = JSON.createArrayNode();
        for (JsonNode link : links) {
            ArrayNode pair = pairs.addObject().putArray("between");
            Stream.of("from", "to")
                    .map(end -> link.path(end).path("telephonySessionId").asText())
                    .sorted()
                    .forEach(pair::add);
        }
        return pairs;
    }

    /** In whatever order: the two sides sort alike by what identifies an element. */
    private static List<JsonNode> sorted(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        elements.sort(Comparator.comparing(
                        (JsonNode element) -> element.path("telephonySessionId").asText())
                .thenComparing(element -> element.path("partyId").asText())
                .thenComparing(element -> element.path("between").toString()));
        return elements;
    }

    private static List<JsonNode> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().map(ExpectedCalls::tree).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(JsonNode call) {
        return call.path("accountId").asText() + "/" + call.path("callId").asText();
    }
}
