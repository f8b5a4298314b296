package io.callweave.notification;

import org.jspecify.annotations.Nullable;

/**
 * A JSON value as it was received. Jackson's own tree would read numbers into numbers; here they stay text, so that they are
 * written as they came, cost nothing however long they are, and an id that was sent as a number is that id.
 */
sealed interface JsonValue permits JsonArray, JsonLiteral, JsonNumber, JsonObject, JsonText {

    /** The text, if this is one that is not empty. */
    default @Nullable String text() {
        return null;
    }

    /** As {@link #text()}, or the number as written: ids come as both. */
    default @Nullable String id() {
        return text();
    }

    /** What it is if it is true or false. */
    default @Nullable Boolean flag() {
        return null;
    }

    /** Appends the canonical form: keys sorted, no spaces, nothing escaped that need not be. */
    void writeTo(StringBuilder out);
}
