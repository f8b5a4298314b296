package io.callweave.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What would break those who go by a released schema. For readers, every value that may go out now must be one that the
 * released schema allows; for writers it is the other way round. So one of the two schemas has to be the wider one, and fields
 * may come; no field, type, unit or key may go or become another one for either.
 */
final class Compatibility {

    private record Pair(JsonNode before, JsonNode after) {}

    private final Promise promise;
    private final JsonNode released;
    private final JsonNode current;
    /** What is being compared further up, in schemas that are within themselves. */
    private final Set<Pair> open = new HashSet<>();

    private final List<String> sentences = new ArrayList<>();

    private Compatibility(Promise promise, JsonNode released, JsonNode current) {
        this.promise = promise;
        this.released = released;
        this.current = current;
    }

    /**
     * Compares two schemas that are whole in themselves.
     *
     * @param name what the sentences call it
     * @param promises what has to hold
     * @return one sentence for each break, none if there is none
     */
    static List<String> breaks(String name, Set<Promise> promises, JsonNode released, JsonNode current) {
        Set<String> sentences = new LinkedHashSet<>();
        for (Promise promise : promises) {
            Compatibility comparison = new Compatibility(promise, released, current);
            comparison.compare(name, released, current);
            sentences.addAll(comparison.sentences);
        }
        return List.copyOf(sentences);
    }

    private void compare(String at, JsonNode oldSchema, JsonNode newSchema) {
        Pair pair = new Pair(oldSchema, newSchema);
        boolean canBeWithinItself = Shape.refers(oldSchema) || Shape.refers(newSchema);
        if (canBeWithinItself && !open.add(pair)) {
            return;
        }
        Shape before = Shape.of(oldSchema, released);
        Shape after = Shape.of(newSchema, current);
        sentences.addAll(Limits.breaks(at, promise, before, after));
        if (before.hasOptions() || after.hasOptions()) {
            options(at, before, after);
        }
        if (before.hasOptions() == after.hasOptions()) {
            fields(at, before, after);
            elements(at, "items", before, after);
            elements(at, "contains", before, after);
        }
        open.remove(pair);
    }

    private void fields(String at, Shape before, Shape after) {
        JsonNode fieldsNow = after.schema().path("properties");
        before.schema().path("properties").properties().forEach(field -> {
            String place = at + "." + field.getKey();
            if (fieldsNow.has(field.getKey())) {
                compare(place, field.getValue(), fieldsNow.get(field.getKey()));
            } else {
                sentences.add(place + " is gone.");
            }
        });
        Set<String> required =
                new TreeSet<>(Shape.texts(wide(before, after).schema().path("required")));
        required.removeAll(Shape.texts(narrow(before, after).schema().path("required")));
        for (String name : required) {
            boolean isGone = before.schema().path("properties").has(name) && !fieldsNow.has(name);
            if (!isGone) {
                say(
                        at + "." + name,
                        "was always there and can be left out now",
                        "could be left out before, and has to be there now");
            }
        }
    }

    private void elements(String at, String keyword, Shape before, Shape after) {
        if (before.schema().has(keyword) && after.schema().has(keyword)) {
            compare(at + "[]", before.schema().get(keyword), after.schema().get(keyword));
        } else if (wide(before, after).schema().has(keyword)) {
            say(at + "[]", "was described and can be anything now", "could be anything and is described now");
        }
    }

    /** Each one of the narrow schema has to be one of the wide schema. */
    private void options(String at, Shape before, Shape after) {
        Options.pairs(alternatives(narrow(before, after)), alternatives(wide(before, after)))
                .forEach((narrow, wide) -> {
                    if (wide.isMissingNode()) {
                        say(at, "can be " + narrow + " now as well", "could be " + narrow + " and cannot now");
                    } else {
                        compare(at, promise.wide(wide, narrow), promise.narrow(wide, narrow));
                    }
                });
    }

    private static List<JsonNode> alternatives(Shape shape) {
        return shape.hasOptions() ? shape.options() : List.of(shape.schema());
    }

    private <T> T wide(T before, T after) {
        return promise.wide(before, after);
    }

    private <T> T narrow(T before, T after) {
        return promise.narrow(before, after);
    }

    private void say(String at, String toReaders, String toWriters) {
        sentences.add(at + " " + wide(toReaders, toWriters) + ".");
    }
}
