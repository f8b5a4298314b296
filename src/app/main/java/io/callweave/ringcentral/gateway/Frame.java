package io.callweave.ringcentral.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * A message of the gateway: an array of a header and, mostly, a body.
 *
 * @param text as it came
 * @param header missing if the text is no frame
 */
public record Frame(String text, JsonNode header) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory FACTORY = JSON.getFactory();

    /** Reads the header only: the body of a notification is only passed on. */
    static Frame of(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            boolean frame = parser.nextToken() == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.START_OBJECT;
            return new Frame(text, frame ? parser.readValueAsTree() : JSON.missingNode());
        } catch (IOException notJson) {
            return new Frame(text, JSON.missingNode());
        }
    }

    public String type() {
        return header.path("type").asText("");
    }

    public boolean isNotification() {
        return type().equals("ServerNotification");
    }

    /** With which a session can be recovered; empty if the frame does not say. */
    public String recoveryToken() {
        return header.path("wsc").path("token").asText("");
    }

    /** Missing if there is none. */
    public JsonNode body() {
        try {
            return JSON.readTree(text).path(1);
        } catch (IOException notJson) {
            return JSON.missingNode();
        }
    }
}
