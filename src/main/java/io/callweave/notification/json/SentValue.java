package io.callweave.notification.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * A JSON value, and where the text is that it was sent as, with its quotes, spaces and escapes.
 *
 * @param from the offset of its first byte in the notification
 * @param to the offset behind its last byte
 */
public record SentValue(JsonValue value, int from, int to) {

    /**
     * Reads the value at the parser's position, and leaves the parser at its last token.
     *
     * @param start of what the parser reads in the notification
     */
    public static SentValue read(JsonParser parser, int start) throws IOException {
        int from = start + (int) parser.currentTokenLocation().getByteOffset();
        JsonValue value = JsonTree.read(parser);
        return new SentValue(value, from, start + (int) parser.currentLocation().getByteOffset());
    }
}
