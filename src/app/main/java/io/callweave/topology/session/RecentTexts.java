package io.callweave.topology.session;

import org.jspecify.annotations.Nullable;

/** The texts that came last. The names, numbers and words of many calls are the same, and are in memory once. */
final class RecentTexts {

    private static final int SIZE = 1 << 13;

    /** Longer ones are of one call only. */
    private static final int LONGEST = 40;

    private final @Nullable String[] texts = new String[SIZE];

    /** The text, as the object that came before if it is still known. */
    String of(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & SIZE - 1;
        String known = texts[place];
        if (known != null && known.equals(text)) {
            return known;
        }
        texts[place] = text;
        return text;
    }
}
