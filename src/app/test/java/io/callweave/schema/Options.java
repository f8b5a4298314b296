package io.callweave.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Which alternative of one schema is which of another one. */
final class Options {

    /** The surest first: word for word, by name, and at last by their order. */
    private static final List<BiPredicate<JsonNode, JsonNode>> SAMENESS =
            List.of(JsonNode::equals, (one, other) -> name(one).equals(name(other)), (one, other) -> true);

    private Options() {}

    /** Each of those with its one of the others, or with a missing node. */
    static Map<JsonNode, JsonNode> pairs(List<JsonNode> those, List<JsonNode> others) {
        Map<JsonNode, JsonNode> pairs = new LinkedHashMap<>();
        List<JsonNode> left = new ArrayList<>(others);
        for (BiPredicate<JsonNode, JsonNode> sameness : SAMENESS) {
            for (JsonNode that : those) {
                if (!pairs.containsKey(that)) {
                    left.stream()
                            .filter(other -> sameness.test(that, other))
                            .findFirst()
                            .ifPresent(other -> {
                                pairs.put(that, other);
                                left.remove(other);
                            });
                }
            }
        }
        those.forEach(that -> pairs.putIfAbsent(that, MissingNode.getInstance()));
        return pairs;
    }

    private static String name(JsonNode option) {
        for (String keyword : List.of("$ref", "title")) {
            if (option.has(keyword)) {
                return option.get(keyword).asText();
            }
        }
        return option.path("type").toString();
    }
}
