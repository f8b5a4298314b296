package io.callweave.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the value at which a parser stands, and leaves the parser at its last token. */
final class JsonTree {

    private JsonTree() {}

    /** Goes down by one call per level, and so relies on the parser to refuse what is nested too deep. */
    static JsonValue read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<JsonValue> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                yield new JsonArray(elements);
            }
            case VALUE_STRING -> new JsonText(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE -> JsonLiteral.TRUE;
            case VALUE_FALSE -> JsonLiteral.FALSE;
            case VALUE_NULL -> JsonLiteral.NULL;
            default -> throw new IllegalStateException("No value starts with " + parser.currentToken());
        };
    }

    static JsonObject object(JsonParser parser) throws IOException {
        JsonObject.Builder members = new JsonObject.Builder();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            members.add(name, read(parser));
        }
        return members.build();
    }
}
