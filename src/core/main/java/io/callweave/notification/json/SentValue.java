package io.callweave.notification.json;

import java.io.IOException;

/**
 * A JSON value, and where the text is that it was sent as, with its quotes, spaces and escapes.
 *
 * @param from the offset of its first byte in the notification
 * @param to the offset behind its last byte
 */
public record SentValue(JsonValue value, int from, int to) {

    /** Reads the value that begins with the current token, and stops at its last token. */
    public static SentValue read(JsonTokens tokens) throws IOException {
        int from = tokens.begin();
        JsonValue value = JsonTree.read(tokens);
        return new SentValue(value, from, tokens.end());
    }
}
