package io.callweave.settings.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests a known name for an unknown one. */
public final class Spelling {

    private Spelling() {}

    /** Close enough to be a typo; a name without its area ({@code linger}) counts as close too. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> looseDistance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> looseDistance(name, candidate) <= allowance(name));
    }

    /** Two typos, or fewer in a short name and more in a long one. */
    private static int allowance(String name) {
        return Math.max(Math.min(2, (name.length() + 1) / 3), name.length() / 4);
    }

    private static int looseDistance(String name, String candidate) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        String other = candidate.toLowerCase(Locale.ROOT);
        String withoutArea = other.substring(other.indexOf('.') + 1);
        return Math.min(distance(lowerCase, other), distance(lowerCase, withoutArea));
    }

    /** Levenshtein's distance: the number of characters to insert, delete or change. */
    public static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
