package io.callweave.notification.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the value at the parser's position, and leaves the parser at its last token. */
final class JsonTree {

    private JsonTree() {}

    /**
     * Recurses once per level, so threads with a small stack can read deeply nested values. The parser refuses input
     * that is nested too deeply.
     */
    static JsonValue read(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                JsonObject.Builder members = new JsonObject.Builder();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    members.add(name, read(parser));
                }
                return members.build();
            }
            case START_ARRAY -> {
                List<JsonValue> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                return new JsonArray(elements);
            }
            default -> {
                return scalar(parser);
            }
        }
    }

    private static JsonValue scalar(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new JsonText(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE -> JsonLiteral.TRUE;
            case VALUE_FALSE -> JsonLiteral.FALSE;
            case VALUE_NULL -> JsonLiteral.NULL;
            default -> throw new IllegalStateException("No value starts with " + parser.currentToken());
        };
    }
}
