package io.callweave.settings.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Suggests a known name for an unknown one. */
public final class Spelling {

    private static final int SHORTEST_BEGINNING = 4;

    /** Longer than all names. To compare takes time and memory in proportion to the length, and anybody can send a word to an API. */
    private static final int LONGEST = 200;

    private Spelling() {}

    /**
     * Close enough to be a typo; a name without its area ({@code linger}) counts as close too, and one of which only the
     * beginning is given. Of names at the same distance, the one that begins like it.
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return (name.length() > LONGEST ? Stream.<String>empty() : known.stream())
                .min(Comparator.comparingInt((String candidate) -> looseDistance(name, candidate))
                        .thenComparing(candidate -> -sameBeginning(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> looseDistance(name, candidate) <= allowance(name));
    }

    /** The nearest of some words as a question, to follow a sentence; empty if none is near. */
    public static String question(String word, Collection<String> known) {
        return nearest(word, known).map(meant -> " Did you mean " + meant + "?").orElse("");
    }

    private static int sameBeginning(String name, String candidate) {
        int same = 0;
        while (same < Math.min(name.length(), candidate.length()) && name.charAt(same) == candidate.charAt(same)) {
            same++;
        }
        return same;
    }

    /** Two typos, or fewer in a short name and more in a long one. */
    private static int allowance(String name) {
        return Math.max(Math.min(2, (name.length() + 1) / 3), name.length() / 4);
    }

    private static int looseDistance(String name, String candidate) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        String other = candidate.toLowerCase(Locale.ROOT);
        if (lowerCase.length() >= SHORTEST_BEGINNING && other.startsWith(lowerCase)) {
            return Math.min(1, other.length() - lowerCase.length());
        }
        String withoutArea = other.substring(other.indexOf('.') + 1);
        return Math.min(distance(lowerCase, other), distance(lowerCase, withoutArea));
    }

    /** The number of characters to insert, delete, change, or swap with the next one (optimal string alignment). */
    public static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : distance(a, i, b, j, table);
            }
        }
        return table[a.length()][b.length()];
    }

    /** Of the first characters of both, from the distances of fewer characters. */
    private static int distance(String a, int i, String b, int j, int[][] table) {
        int changed = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
        boolean isSwap = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return isSwap ? Math.min(least, table[i - 2][j - 2] + 1) : least;
    }
}
