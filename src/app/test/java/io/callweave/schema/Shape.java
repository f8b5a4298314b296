package io.callweave.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A schema without its references, and null told apart.
 *
 * @param schema with what stands beside references
 * @param types without null, sorted; none if it can be any
 * @param options of an anyOf or oneOf that says more than "or null"; none if there are none
 */
record Shape(ObjectNode schema, Set<String> types, boolean nullable, List<JsonNode> options) {

    private static final List<String> ONE_OF_SOME = List.of("anyOf", "oneOf");

    /**
     * Follows the references.
     *
     * @param root that they refer to
     */
    static Shape of(JsonNode schema, JsonNode root) {
        ObjectNode resolved = resolved(schema, root);
        for (String keyword : ONE_OF_SOME) {
            if (resolved.has(keyword)) {
                return ofOptions(resolved, keyword, root);
            }
        }
        Set<String> types = new TreeSet<>(texts(resolved.path("type")));
        boolean isAny = types.isEmpty();
        boolean nullable = (types.remove("null") || isAny) && (!resolved.has("enum") || hasNull(resolved.get("enum")));
        return new Shape(resolved, types, nullable, List.of());
    }

    boolean hasOptions() {
        return !options.isEmpty();
    }

    /** Whether it says, itself or by its alternatives, to look elsewhere. */
    static boolean refers(JsonNode schema) {
        return schema.has("$ref") || ONE_OF_SOME.stream().anyMatch(schema::has);
    }

    /** The texts of a list of them, or of one alone. */
    static Set<String> texts(JsonNode textOrTexts) {
        Set<String> texts = new HashSet<>();
        if (textOrTexts.isTextual()) {
            texts.add(textOrTexts.asText());
        }
        textOrTexts.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Shape ofOptions(ObjectNode schema, String keyword, JsonNode root) {
        List<JsonNode> others = new ArrayList<>();
        schema.get(keyword).forEach(others::add);
        boolean nullable =
                others.removeIf(option -> option.path("type").asText().equals("null"));
        if (others.size() > 1) {
            return new Shape(schema, Set.of(), nullable, others);
        }
        ObjectNode beside = schema.deepCopy();
        beside.remove(keyword);
        Shape only = of(others.isEmpty() ? beside : under(beside, resolved(others.get(0), root)), root);
        return new Shape(only.schema, only.types, nullable || only.nullable, only.options);
    }

    private static ObjectNode resolved(JsonNode schema, JsonNode root) {
        JsonNode resolved = schema;
        while (resolved.has("$ref")) {
            ObjectNode beside = JsonNodeFactory.instance.objectNode().setAll((ObjectNode) resolved);
            String ref = beside.remove("$ref").asText();
            resolved = under(beside, root.at(ref.substring(1)));
        }
        return resolved instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    /** What stands beside a reference says more than what is referred to. */
    private static ObjectNode under(ObjectNode beside, JsonNode target) {
        return JsonNodeFactory.instance
                .objectNode()
                .<ObjectNode>setAll((ObjectNode) target)
                .setAll(beside);
    }

    private static boolean hasNull(JsonNode words) {
        for (JsonNode word : words) {
            if (word.isNull()) {
                return true;
            }
        }
        return false;
    }
}
