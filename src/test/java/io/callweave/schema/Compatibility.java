package io.callweave.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What would break those who read by a released schema: every value that may go out now must be one that the released schema
 * allows. So fields may come and types may get narrower; nothing may go, become optional, null, another type or unit.
 */
final class Compatibility {

    private static final String UNIT = "x-unit";

    /** Where the one schema has it, the other one has to have the same; without it more would be allowed than was. */
    private static final List<String> AS_THEY_WERE = List.of(
            "format",
            "pattern",
            "const",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "contains",
            "contentEncoding",
            UNIT,
            "x-key",
            "x-tombstones",
            "additionalProperties");

    private final JsonNode released;
    private final JsonNode current;
    private final List<String> sentences = new ArrayList<>();

    private Compatibility(JsonNode released, JsonNode current) {
        this.released = released;
        this.current = current;
    }

    /**
     * Compares two schemas that are whole in themselves.
     *
     * @param name what the sentences call it
     * @return one sentence for each break, none if there is none
     */
    static List<String> breaks(String name, JsonNode released, JsonNode current) {
        Compatibility comparison = new Compatibility(released, current);
        comparison.compare(name, released, current);
        return comparison.sentences;
    }

    private void compare(String at, JsonNode oldSchema, JsonNode newSchema) {
        Shape before = shape(oldSchema, released);
        Shape after = shape(newSchema, current);
        if (!before.nullable && after.nullable) {
            sentences.add(at + " can be null now, and could not be before.");
        }
        if (before.alternatives != null || after.alternatives != null) {
            if (before.alternatives == null || !before.alternatives.equals(after.alternatives)) {
                sentences.add(at + " has other alternatives than before.");
            }
            return;
        }
        types(at, before, after);
        words(at, before, after);
        bounds(at, before, after);
        for (String keyword : AS_THEY_WERE) {
            if (before.schema.has(keyword) && !before.schema.get(keyword).equals(after.schema.get(keyword))) {
                sentences.add(at + " had the " + called(keyword) + " " + before.schema.get(keyword) + "; now it has "
                        + (after.schema.has(keyword) ? after.schema.get(keyword) : "none") + ".");
            }
        }
        if (!before.schema.has(UNIT) && after.schema.has(UNIT)) {
            sentences.add(at + " had no unit; now it has " + after.schema.get(UNIT) + ".");
        }
        fields(at, before, after);
        if (before.schema.has("items")) {
            if (after.schema.has("items")) {
                compare(at + "[]", before.schema.get("items"), after.schema.get("items"));
            } else {
                sentences.add(at + "[] was described and can be anything now.");
            }
        }
    }

    private void types(String at, Shape before, Shape after) {
        Set<String> added = new HashSet<>(after.types);
        added.removeAll(before.types);
        if (before.types.contains("number")) {
            added.remove("integer");
        }
        if (before.types.isEmpty() || (added.isEmpty() && !after.types.isEmpty())) {
            return;
        }
        sentences.add(at + " was of the type " + before.types
                + (after.types.isEmpty() ? " and can be anything now." : "; now it is of " + after.types + "."));
    }

    private void words(String at, Shape before, Shape after) {
        if (!before.schema.has("enum")) {
            return;
        }
        Set<JsonNode> known = new HashSet<>();
        before.schema.get("enum").forEach(known::add);
        if (!after.schema.has("enum")) {
            sentences.add(at + " was one of " + before.schema.get("enum") + " and can be anything now.");
            return;
        }
        for (JsonNode word : after.schema.get("enum")) {
            if (!known.contains(word) && !word.isNull()) {
                sentences.add(at + " can be " + word + " now, which readers of " + before.schema.get("enum")
                        + " do not know.");
            }
        }
    }

    private void bounds(String at, Shape before, Shape after) {
        if (before.schema.has("minimum")
                && !(after.schema.has("minimum")
                        && after.schema.get("minimum").asDouble()
                                >= before.schema.get("minimum").asDouble())) {
            sentences.add(at + " was never below " + before.schema.get("minimum") + " and can be now.");
        }
        if (before.schema.has("maximum")
                && !(after.schema.has("maximum")
                        && after.schema.get("maximum").asDouble()
                                <= before.schema.get("maximum").asDouble())) {
            sentences.add(at + " was never above " + before.schema.get("maximum") + " and can be now.");
        }
    }

    private void fields(String at, Shape before, Shape after) {
        Set<String> stillRequired = new HashSet<>();
        after.schema.path("required").forEach(name -> stillRequired.add(name.asText()));
        before.schema.path("properties").properties().forEach(field -> {
            JsonNode now = after.schema.path("properties").get(field.getKey());
            if (now == null) {
                sentences.add(at + "." + field.getKey() + " is gone.");
            } else {
                compare(at + "." + field.getKey(), field.getValue(), now);
            }
        });
        for (JsonNode name : before.schema.path("required")) {
            boolean isThere = after.schema.path("properties").has(name.asText());
            if (isThere && !stillRequired.contains(name.asText())) {
                sentences.add(at + "." + name.asText() + " was always there and can be left out now.");
            }
        }
    }

    private static String called(String keyword) {
        return keyword.startsWith("x-") ? keyword.substring(2) : keyword;
    }

    /**
     * A schema without its references, and null told apart.
     *
     * @param alternatives of an anyOf that says more than "or null"; null if there are none
     */
    private record Shape(JsonNode schema, Set<String> types, boolean nullable, JsonNode alternatives) {}

    private static Shape shape(JsonNode schema, JsonNode root) {
        if (schema.has("$ref")) {
            return shape(root.at(schema.get("$ref").asText().substring(1)), root);
        }
        if (schema.has("anyOf")) {
            List<JsonNode> others = new ArrayList<>();
            boolean nullable = false;
            for (JsonNode option : schema.get("anyOf")) {
                if (option.path("type").asText().equals("null")) {
                    nullable = true;
                } else {
                    others.add(option);
                }
            }
            if (nullable && others.size() == 1) {
                Shape only = shape(others.get(0), root);
                return new Shape(only.schema, only.types, true, only.alternatives);
            }
            return new Shape(schema, Set.of(), nullable, schema.get("anyOf"));
        }
        Set<String> types = new HashSet<>();
        JsonNode type = schema.path("type");
        (type.isArray() ? type : JsonNodeFactory.instance.arrayNode().add(type.asText()))
                .forEach(each -> types.add(each.asText()));
        types.remove("");
        boolean nullable = types.remove("null");
        return new Shape(schema, types, nullable, null);
    }
}
