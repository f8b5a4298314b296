package io.callweave.notification.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the value that begins with the current token, and stops at its last token. */
final class JsonTree {

    /** Of an array of which only a part is read. Real ones have one or two. */
    private static final int MOST_ELEMENTS = 100;

    private JsonTree() {}

    /**
     * Recurses once per level, so threads with a small stack can read deeply nested values. Input that is nested too
     * deeply is refused before.
     */
    static JsonValue read(JsonTokens tokens) throws IOException {
        switch (tokens.current()) {
            case START_OBJECT -> {
                JsonObject.Builder members = new JsonObject.Builder();
                for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
                    tokens.next();
                    members.add(name, read(tokens));
                }
                return members.build();
            }
            case START_ARRAY -> {
                List<JsonValue> elements = new ArrayList<>();
                while (tokens.next() != JsonToken.END_ARRAY) {
                    elements.add(read(tokens));
                }
                return new JsonArray(elements);
            }
            default -> {
                return scalar(tokens);
            }
        }
    }

    /** As {@link SentValue#part} has it. */
    static JsonValue part(JsonTokens tokens, Set<String> names) throws IOException {
        if (tokens.current() == JsonToken.START_OBJECT) {
            JsonObject.Builder members = new JsonObject.Builder();
            for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
                JsonToken value = tokens.next();
                if (names.contains(name) && value != JsonToken.START_OBJECT && value != JsonToken.START_ARRAY) {
                    members.add(name, scalar(tokens));
                } else {
                    tokens.skipChildren();
                }
            }
            return members.build();
        }
        if (tokens.current() == JsonToken.START_ARRAY) {
            List<JsonValue> elements = new ArrayList<>();
            while (tokens.next() != JsonToken.END_ARRAY) {
                if (tokens.current() == JsonToken.START_OBJECT && elements.size() < MOST_ELEMENTS) {
                    elements.add(part(tokens, names));
                } else {
                    tokens.skipChildren();
                }
            }
            return new JsonArray(elements);
        }
        return scalar(tokens);
    }

    private static JsonValue scalar(JsonTokens tokens) throws IOException {
        return switch (tokens.current()) {
            case VALUE_STRING -> new JsonText(tokens.text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(tokens.text());
            case VALUE_TRUE -> JsonLiteral.TRUE;
            case VALUE_FALSE -> JsonLiteral.FALSE;
            case VALUE_NULL -> JsonLiteral.NULL;
            default -> throw new IllegalStateException("No value starts with " + tokens.current());
        };
    }
}
