package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two records, field by field. It knows no fields, only which members identify the elements of
 * an array. Where none does, the position does.
 */
final class JsonDiff {

    /** The first of these members that identifies all elements of both arrays. */
    private static final List<List<String>> IDENTITIES = List.of(
            List.of("telephonySessionId", "partyId"),
            List.of("id"),
            List.of("queueExtensionId", "enterTime"),
            List.of("telephonySessionId"),
            List.of("kind", "from", "to", "time"),
            List.of("status", "startTime"),
            List.of("phoneNumber"));

    private final List<Change> changes = new ArrayList<>();

    /**
     * One difference.
     *
     * @param path from the top of the record down
     * @param before missing if the value is new
     * @param after missing if the value is gone
     */
    record Change(List<Step> path, JsonNode before, JsonNode after) {}

    /**
     * One step of a path.
     *
     * @param field its name; null for an element of an array
     * @param element the element itself
     * @param index its position in the array, now or else before
     */
    record Step(@Nullable String field, JsonNode element, int index) {}

    private JsonDiff() {}

    static List<Change> between(JsonNode before, JsonNode after) {
        JsonDiff diff = new JsonDiff();
        diff.compare(List.of(), before, after);
        return diff.changes;
    }

    private void compare(List<Step> path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(with(path, new Step(name, after.path(name), 0)), before.path(name), after.path(name));
            }
        } else if (isOfObjects(before) && isOfObjects(after) && before.size() + after.size() > 0) {
            compareElements(path, before, after);
        } else {
            changes.add(new Change(path, before, after));
        }
    }

    private void compareElements(List<Step> path, JsonNode before, JsonNode after) {
        List<String> identity = identity(before, after);
        Map<String, Step> old = elements(before, identity);
        Map<String, Step> now = elements(after, identity);
        old.forEach((key, step) -> {
            Step other = now.get(key);
            JsonNode element = other == null ? MissingNode.getInstance() : other.element();
            compare(with(path, other == null ? step : other), step.element(), element);
        });
        now.forEach((key, step) -> {
            if (!old.containsKey(key)) {
                compare(with(path, step), MissingNode.getInstance(), step.element());
            }
        });
    }

    private static boolean isOfObjects(JsonNode node) {
        if (!node.isArray()) {
            return false;
        }
        for (JsonNode element : node) {
            if (!element.isObject()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> identity(JsonNode before, JsonNode after) {
        return IDENTITIES.stream()
                .filter(fields -> isUnique(before, fields) && isUnique(after, fields))
                .findFirst()
                .orElse(List.of());
    }

    private static boolean isUnique(JsonNode array, List<String> fields) {
        Set<String> keys = new LinkedHashSet<>();
        for (JsonNode element : array) {
            if (fields.stream().anyMatch(field -> element.path(field).isMissingNode())
                    || !keys.add(key(element, fields))) {
                return false;
            }
        }
        return true;
    }

    private static String key(JsonNode element, List<String> fields) {
        StringBuilder key = new StringBuilder();
        fields.forEach(field -> key.append(element.path(field)).append('\n'));
        return key.toString();
    }

    private static Map<String, Step> elements(JsonNode array, List<String> identity) {
        Map<String, Step> elements = new LinkedHashMap<>();
        for (int i = 0; i < array.size(); i++) {
            String key = identity.isEmpty() ? Integer.toString(i) : key(array.get(i), identity);
            elements.put(key, new Step(null, array.get(i), i));
        }
        return elements;
    }

    private static List<Step> with(List<Step> path, Step step) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
