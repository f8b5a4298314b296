package io.callweave.record;

import org.jspecify.annotations.Nullable;

/**
 * Where the value of a member stands in the text of an object, found by its brackets and quotes alone: a parser would read
 * what is to be copied as it is.
 *
 * @param start of the value
 */
record JsonMember(int start, int length) {

    /**
     * Finds a member of an object.
     *
     * @param json an object as {@code PartyEvent#body} has it: valid, without white space between its tokens
     * @param name without anything that JSON escapes
     * @return null if the object has no such member
     */
    static @Nullable JsonMember of(String json, String name) {
        String key = '"' + name + "\":";
        int at = 1;
        while (at < json.length() - 1) {
            int value = endOfString(json, at) + 1;
            int end = endOfValue(json, value);
            if (json.startsWith(key, at)) {
                return new JsonMember(value, end - value);
            }
            at = end + 1;
        }
        return null;
    }

    /** Behind the value, where a comma or the end of the object stands. */
    private static int endOfValue(String json, int start) {
        int depth = 0;
        int at = start;
        while (true) {
            switch (json.charAt(at)) {
                case '"' -> at = endOfString(json, at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {
                    // Part of a number or a word, a colon, or a comma further in.
                }
            }
            at++;
            char next = json.charAt(at);
            if (depth == 0 && (next == ',' || next == '}')) {
                return at;
            }
        }
    }

    /** Behind the quote that ends the string which begins here. */
    private static int endOfString(String json, int start) {
        int end = json.indexOf('"', start + 1);
        while (isEscaped(json, end)) {
            end = json.indexOf('"', end + 1);
        }
        return end + 1;
    }

    private static boolean isEscaped(String json, int quote) {
        int backslashes = 0;
        while (json.charAt(quote - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
