package io.callweave.schema;

import static io.callweave.schema.Promise.TO_READERS;
import static io.callweave.schema.Promise.TO_WRITERS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Every single change of a kind that somebody could make to a schema, at every place of it. */
final class SchemaMutants {

    /**
     * One changed schema.
     *
     * @param at the place as the gate calls it
     * @param change what was done there
     * @param broken whom it breaks
     */
    record Mutant(String at, String change, JsonNode schema, Set<Promise> broken) {}

    private static final Set<Promise> NOBODY = Set.of();
    private static final Set<Promise> READERS = Set.of(TO_READERS);
    private static final Set<Promise> WRITERS = Set.of(TO_WRITERS);
    private static final Set<Promise> BOTH = Set.of(TO_READERS, TO_WRITERS);

    /** What a schema limits values by, besides those that have changes of their own. */
    private static final List<String> LIMITS = List.of(
            "format", "pattern", "const", "minItems", "maxItems", "contentEncoding", "items", "contains", "enum");

    private final ObjectNode root;
    private final Set<String> seen = new LinkedHashSet<>();
    private final List<Mutant> mutants = new ArrayList<>();

    private SchemaMutants(ObjectNode root) {
        this.root = root;
    }

    static SchemaMutants of(String name, ObjectNode schema) {
        SchemaMutants mutants = new SchemaMutants(schema);
        mutants.visit(name, "", false);
        return mutants;
    }

    List<Mutant> all() {
        return List.copyOf(mutants);
    }

    /** JSON pointers of all schemas that were changed. */
    Set<String> places() {
        return Set.copyOf(seen);
    }

    private void visit(String at, String pointer, boolean isOrNull) {
        JsonNode schema = root.at(pointer);
        if (!seen.add(pointer)) {
            return;
        }
        words(at, pointer, schema);
        meaning(at, pointer, schema);
        types(at, pointer, schema, isOrNull);
        limits(at, pointer, schema);
        fields(at, pointer, schema);
        alternatives(at, pointer, schema, isOrNull);
        if (schema.has("$ref")) {
            visit(at, schema.get("$ref").asText().substring(1), isOrNull);
        }
        for (String elements : List.of("items", "contains")) {
            if (schema.has(elements)) {
                visit(at + "[]", pointer + "/" + elements, false);
            }
        }
    }

    private void meaning(String at, String pointer, JsonNode schema) {
        change(at, "other description", pointer, NOBODY, node -> node.put("description", "Other words."));
        change(at, "other unit", pointer, BOTH, node -> node.put("x-unit", "days"));
        for (String keyword : List.of("x-unit", "x-key", "x-tombstones")) {
            if (schema.has(keyword)) {
                change(at, "no " + keyword, pointer, BOTH, node -> node.remove(keyword));
                change(at, "other " + keyword, pointer, BOTH, node -> node.put(keyword, "other"));
            }
        }
    }

    private void types(String at, String pointer, JsonNode schema, boolean isOrNull) {
        if (!schema.has("type")) {
            return;
        }
        Set<String> types = Shape.texts(schema.get("type"));
        boolean nullable = types.remove("null");
        String other = types.contains("boolean") ? "string" : "boolean";
        change(at, "type " + other, pointer, BOTH, node -> type(node, Set.of(other), nullable));
        change(at, "no type", pointer, READERS, node -> node.remove("type"));
        Set<String> more = new LinkedHashSet<>(types);
        more.add(other);
        change(at, "or " + other, pointer, READERS, node -> type(node, more, nullable));
        if (types.size() > 1) {
            String first = types.iterator().next();
            change(at, "only " + first, pointer, WRITERS, node -> type(node, Set.of(first), nullable));
        }
        if (types.equals(Set.of("integer"))) {
            change(at, "any number", pointer, READERS, node -> type(node, Set.of("number"), nullable));
        }
        if (types.equals(Set.of("number"))) {
            change(at, "whole numbers", pointer, WRITERS, node -> type(node, Set.of("integer"), nullable));
        }
        if (!isOrNull) {
            Set<Promise> broken = nullable ? WRITERS : READERS;
            change(at, nullable ? "never null" : "or null", pointer, broken, node -> type(node, types, !nullable));
        }
    }

    private static void type(ObjectNode schema, Set<String> types, boolean nullable) {
        ArrayNode list = schema.putArray("type");
        types.forEach(list::add);
        if (nullable) {
            list.add("null");
            if (schema.get("enum") instanceof ArrayNode words) {
                words.addNull();
            }
        }
    }

    private void words(String at, String pointer, JsonNode schema) {
        words(at, pointer, schema, "enum", READERS);
        words(at, pointer, schema, "x-known-values", NOBODY);
    }

    private void words(String at, String pointer, JsonNode schema, String keyword, Set<Promise> brokenByMore) {
        if (!schema.has(keyword)) {
            return;
        }
        change(at, "more " + keyword, pointer, brokenByMore, node -> ((ArrayNode) node.get(keyword)).add("new"));
        for (int i = 0; i < schema.get(keyword).size(); i++) {
            int place = i;
            String change = "no " + schema.get(keyword).get(i) + " in " + keyword;
            change(at, change, pointer, WRITERS, node -> ((ArrayNode) node.get(keyword)).remove(place));
        }
    }

    private void limits(String at, String pointer, JsonNode schema) {
        for (String keyword : LIMITS) {
            if (schema.has(keyword)) {
                String place = schema.get(keyword).isObject() ? at + "[]" : at;
                change(place, "no " + keyword, pointer, READERS, node -> node.remove(keyword));
                if (schema.get(keyword).isValueNode()) {
                    change(at, "other " + keyword, pointer, BOTH, node -> node.put(keyword, "other"));
                }
            }
        }
        if (schema.path("type").asText().equals("string") && !schema.has("pattern")) {
            change(at, "a pattern", pointer, WRITERS, node -> node.put("pattern", "a"));
        }
        bound(at, pointer, schema, "minimum", 1);
        bound(at, pointer, schema, "maximum", -1);
    }

    private void bound(String at, String pointer, JsonNode schema, String keyword, int inwards) {
        if (schema.has(keyword)) {
            long bound = schema.get(keyword).asLong();
            change(at, "no " + keyword, pointer, READERS, node -> node.remove(keyword));
            change(at, "wider " + keyword, pointer, READERS, node -> node.put(keyword, bound - inwards));
            change(at, "narrower " + keyword, pointer, WRITERS, node -> node.put(keyword, bound + inwards));
        }
    }

    private void fields(String at, String pointer, JsonNode schema) {
        if (!schema.has("properties")) {
            return;
        }
        Set<String> required = Shape.texts(schema.path("required"));
        schema.get("properties").fieldNames().forEachRemaining(field -> {
            String place = at + "." + field;
            change(place, "gone", pointer, BOTH, node -> {
                ((ObjectNode) node.get("properties")).remove(field);
                require(node, field, false);
            });
            boolean isRequired = required.contains(field);
            Set<Promise> broken = isRequired ? READERS : WRITERS;
            String change = isRequired ? "optional" : "required";
            change(place, change, pointer, broken, node -> require(node, field, !isRequired));
            visit(place, pointer + "/properties/" + field, false);
        });
        change(
                at + ".new",
                "new",
                pointer,
                NOBODY,
                node -> node.withObject("properties").putObject("new"));
        change(at + ".new", "new and required", pointer, WRITERS, node -> {
            node.withObject("properties").putObject("new");
            require(node, "new", true);
        });
        change(at, "no other fields", pointer, WRITERS, node -> node.put("additionalProperties", false));
    }

    private static void require(ObjectNode schema, String field, boolean isRequired) {
        Set<String> required = Shape.texts(schema.path("required"));
        if (isRequired) {
            required.add(field);
        } else {
            required.remove(field);
        }
        ArrayNode list = schema.putArray("required");
        required.forEach(list::add);
    }

    private void alternatives(String at, String pointer, JsonNode schema, boolean isOrNull) {
        for (String keyword : List.of("anyOf", "oneOf")) {
            List<Integer> others = new ArrayList<>();
            boolean orNull = isOrNull;
            for (int i = 0; i < schema.path(keyword).size(); i++) {
                if (schema.get(keyword).get(i).path("type").asText().equals("null")) {
                    orNull = true;
                    withoutOne(at, pointer, keyword, i);
                } else {
                    others.add(i);
                }
            }
            for (int i : others) {
                if (others.size() > 1) {
                    withoutOne(at, pointer, keyword, i);
                }
                visit(at, pointer + "/" + keyword + "/" + i, orNull);
            }
            if (schema.has(keyword)) {
                change(
                        at,
                        "one more alternative",
                        pointer,
                        READERS,
                        node -> ((ArrayNode) node.get(keyword)).addObject().put("type", "boolean"));
            }
        }
    }

    private void withoutOne(String at, String pointer, String keyword, int place) {
        change(at, "no alternative " + place, pointer, WRITERS, node -> ((ArrayNode) node.get(keyword)).remove(place));
    }

    private void change(String at, String what, String pointer, Set<Promise> broken, Consumer<ObjectNode> change) {
        ObjectNode copy = root.deepCopy();
        change.accept((ObjectNode) copy.at(pointer));
        mutants.add(new Mutant(at, what, copy, broken));
    }
}
