package io.callweave.ringcentral.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * A message of the gateway: an array of a header and, mostly, a body. Of the header, and of notifications, only what is asked for
 * becomes an object: whatever a frame holds, it needs no more memory than its text.
 *
 * @param text as it came
 * @param type empty if the text is no frame
 * @param messageId empty if there is none
 * @param status 0 if there is none
 * @param recoveryToken with which a session can be recovered; empty if the frame does not say
 */
public record Frame(String text, String type, String messageId, int status, String recoveryToken) {

    /** A subscription with a filter for each of 20,000 mailboxes has some 60,000. */
    private static final long MOST_TOKENS_OF_AN_ANSWER = 200_000;

    /** It is kept, and has to fit into an address. */
    private static final int LONGEST_TOKEN = 4_096;

    private static final JsonFactory HEADERS = new JsonFactory();
    private static final ObjectMapper ANSWERS = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxTokenCount(MOST_TOKENS_OF_AN_ANSWER)
                    .build())
            .build());

    static Frame of(String text) {
        String type = "";
        String messageId = "";
        int status = 0;
        String recoveryToken = "";
        try (JsonParser parser = HEADERS.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY || parser.nextToken() != JsonToken.START_OBJECT) {
                return new Frame(text, "", "", 0, "");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "type" -> type = parser.getValueAsString("");
                    case "messageId" -> messageId = parser.getValueAsString("");
                    case "status" -> status = parser.getValueAsInt(0);
                    case "wsc" -> recoveryToken = field(parser, "token");
                    default -> {}
                }
                parser.skipChildren();
            }
            return new Frame(
                    text, type, messageId, status, recoveryToken.length() <= LONGEST_TOKEN ? recoveryToken : "");
        } catch (IOException notJson) {
            return new Frame(text, "", "", 0, "");
        }
    }

    public boolean isNotification() {
        return type.equals("ServerNotification");
    }

    /** That of an answer. Missing if there is none, and if it has too many values. */
    public JsonNode body() {
        try {
            return ANSWERS.readTree(text).path(1);
        } catch (IOException notJson) {
            return ANSWERS.missingNode();
        }
    }

    /** When a notification was sent, as its body says it; empty if it does not. */
    public String sentAt() {
        try (JsonParser parser = HEADERS.createParser(text)) {
            parser.nextToken();
            parser.nextToken();
            parser.skipChildren();
            parser.nextToken();
            return field(parser, "timestamp");
        } catch (IOException notJson) {
            return "";
        }
    }

    /** Reads an object to its end; empty if the field is not there, and if it is no object. */
    private static String field(JsonParser object, String name) throws IOException {
        String value = "";
        if (object.currentToken() == JsonToken.START_OBJECT) {
            while (object.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = object.currentName().equals(name);
                object.nextToken();
                value = wanted ? object.getValueAsString("") : value;
                object.skipChildren();
            }
        }
        return value;
    }
}
