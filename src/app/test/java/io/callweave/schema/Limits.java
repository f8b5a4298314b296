package io.callweave.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a schema says of a value itself, besides what is within it: the breaks at one place. */
final class Limits {

    /** For people, or judged by themselves. Where the wide schema has another keyword, the narrow one has it alike. */
    private static final Set<String> JUDGED_ELSEWHERE = Set.of(
            "$schema",
            "$id",
            "$defs",
            "$ref",
            "title",
            "description",
            "examples",
            "default",
            "deprecated",
            "x-see",
            "x-business-analytics",
            "x-known-values",
            "x-unit",
            "x-key",
            "x-tombstones",
            "type",
            "enum",
            "minimum",
            "maximum",
            "anyOf",
            "oneOf",
            "properties",
            "required",
            "items",
            "contains");

    /** Another one is another meaning, for whomever. */
    private static final List<String> MEANINGS = List.of("x-unit", "x-key", "x-tombstones");

    private final String at;
    private final Promise promise;
    private final Shape before;
    private final Shape after;
    private final Shape wide;
    private final Shape narrow;
    private final List<String> sentences = new ArrayList<>();

    private Limits(String at, Promise promise, Shape before, Shape after) {
        this.at = at;
        this.promise = promise;
        this.before = before;
        this.after = after;
        this.wide = promise.wide(before, after);
        this.narrow = promise.narrow(before, after);
    }

    /** One sentence for each break; of alternatives only what holds for all of them. */
    static List<String> breaks(String at, Promise promise, Shape before, Shape after) {
        Limits limits = new Limits(at, promise, before, after);
        limits.nulls();
        MEANINGS.forEach(limits::same);
        if (before.hasOptions() == after.hasOptions()) {
            limits.types();
            limits.words();
            limits.knownWords();
            limits.bounds();
            limits.others();
        }
        return limits.sentences;
    }

    private void nulls() {
        boolean canBeAnyTypeNow = !wide.types().isEmpty() && narrow.types().isEmpty();
        if (narrow.nullable() && !wide.nullable() && !canBeAnyTypeNow) {
            say("can be null now, and could not be before", "could be null before, and cannot now");
        }
    }

    private void types() {
        Set<String> tooMany = new HashSet<>(narrow.types());
        tooMany.removeAll(wide.types());
        if (wide.types().contains("number")) {
            tooMany.remove("integer");
        }
        boolean canBeAny = narrow.types().isEmpty();
        if (!wide.types().isEmpty() && (canBeAny || !tooMany.isEmpty())) {
            sentences.add(at
                    + (before.types().isEmpty() ? " could be anything" : " was of the type " + before.types())
                    + (after.types().isEmpty()
                            ? " and can be anything now."
                            : "; now it is of " + after.types() + "."));
        }
    }

    private void words() {
        JsonNode words = wide.schema().path("enum");
        if (words.isMissingNode()) {
            return;
        }
        if (!narrow.schema().has("enum")) {
            say("was one of " + words + " and can be anything now", "could be anything; now it is one of " + words);
            return;
        }
        for (JsonNode word : narrow.schema().get("enum")) {
            if (!word.isNull() && !contains(words, word)) {
                say(
                        "can be " + word + " now, which readers of " + words + " do not know",
                        "could be " + word + " before; now it is one of " + words);
            }
        }
    }

    /** Readers have to expect any word; writers rely on those that have been named to them. */
    private void knownWords() {
        if (promise == Promise.TO_READERS) {
            return;
        }
        JsonNode now = after.schema();
        for (JsonNode word : before.schema().path("x-known-values")) {
            if (!contains(now.path("x-known-values"), word) && !contains(now.path("enum"), word)) {
                sentences.add(at + " could be " + word + " before, which is not known now.");
            }
        }
    }

    private void bounds() {
        JsonNode least = wide.schema().path("minimum");
        if (least.isNumber() && !(narrow.schema().has("minimum") && order("minimum") >= 0)) {
            say("was never below " + least + " and can be now", "could be below " + least + " and cannot now");
        }
        JsonNode most = wide.schema().path("maximum");
        if (most.isNumber() && !(narrow.schema().has("maximum") && order("maximum") <= 0)) {
            say("was never above " + most + " and can be now", "could be above " + most + " and cannot now");
        }
    }

    private int order(String bound) {
        return narrow.schema()
                .get(bound)
                .decimalValue()
                .compareTo(wide.schema().get(bound).decimalValue());
    }

    private void others() {
        wide.schema().fieldNames().forEachRemaining(keyword -> {
            if (!JUDGED_ELSEWHERE.contains(keyword)) {
                same(keyword);
            }
        });
    }

    private void same(String keyword) {
        JsonNode then = before.schema().path(keyword);
        JsonNode now = after.schema().path(keyword);
        if (!then.equals(now)) {
            String called = keyword.startsWith("x-") ? keyword.substring(2) : keyword;
            sentences.add(at + " had " + (then.isMissingNode() ? "no " + called : "the " + called + " " + then)
                    + "; now it has " + (now.isMissingNode() ? "none" : now) + ".");
        }
    }

    private void say(String toReaders, String toWriters) {
        sentences.add(at + " " + promise.wide(toReaders, toWriters) + ".");
    }

    private static boolean contains(JsonNode words, JsonNode word) {
        for (JsonNode each : words) {
            if (each.equals(word)) {
                return true;
            }
        }
        return false;
    }
}
