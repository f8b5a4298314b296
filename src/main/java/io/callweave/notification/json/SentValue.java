package io.callweave.notification.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A JSON value, and the text that it was sent as.
 *
 * @param raw as it is in the notification, with its quotes, spaces and escapes
 */
public record SentValue(JsonValue value, String raw) {

    /**
     * Reads the value at the parser's position, and leaves the parser at its last token.
     *
     * @param source what the parser reads, from {@code start} on
     */
    public static SentValue read(JsonParser parser, byte[] source, int start) throws IOException {
        int from = start + (int) parser.currentTokenLocation().getByteOffset();
        JsonValue value = JsonTree.read(parser);
        int end = start + (int) parser.currentLocation().getByteOffset();
        return new SentValue(value, new String(source, from, end - from, StandardCharsets.UTF_8));
    }
}
