package io.callweave.notification.json;

import java.io.IOException;
import java.util.Set;

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

    /**
     * Reads no more of the value that begins with the current token than texts, numbers and flags, those that are members of these names of an
     * object, and the first such objects of an array; and stops at its last token. The rest can be as much as fits in a notification.
     */
    public static JsonValue part(JsonTokens tokens, Set<String> names) throws IOException {
        return JsonTree.part(tokens, names);
    }
}
