package io.callweave.notification.json;

import org.jspecify.annotations.Nullable;

/**
 * A JSON value as it was received. Jackson's own tree would parse numbers. Here they stay text, so they cost nothing
 * however long they are, and an id that was sent as a number keeps its digits.
 */
public sealed interface JsonValue permits JsonArray, JsonLiteral, JsonNumber, JsonObject, JsonText {

    /** The text, if this is a string that is not empty. */
    default @Nullable String text() {
        return null;
    }

    /** Like {@link #text()}, or the number as written: ids come in both forms. */
    default @Nullable String id() {
        return text();
    }

    /** The value, if this is true or false. */
    default @Nullable Boolean flag() {
        return null;
    }
}
