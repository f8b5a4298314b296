package io.callweave.notification.json;

import org.jspecify.annotations.Nullable;

/**
 * Which texts of a notification are read: docs/topics.md. A record repeats some of them for each party, so long ones
 * would make it larger than its topic accepts.
 */
public final class KeptText {

    /** In Java's characters, of which the longest takes six bytes as JSON. Real texts stay far below. */
    public static final int MOST = 255;

    private KeptText() {}

    /** Whether the text is short enough to be read. */
    public static boolean isKept(String text) {
        return text.length() <= MOST;
    }

    /** The text; null, as if it was not sent, if it is too long. */
    public static @Nullable String of(@Nullable String text) {
        return text == null || isKept(text) ? text : null;
    }

    /** Why a text cannot be used, as the end of a sentence. */
    public static String tooLong(String text) {
        return "%,d characters; at most %,d are read".formatted(text.length(), MOST);
    }
}
