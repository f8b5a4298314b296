package io.callweave.console.store;

import java.util.Map;
import java.util.Set;

/**
 * Days of the list: each begins at midnight of its account.
 *
 * @param usual of accounts that are not in the others
 * @param others accounts with other days
 */
public record ListedDays(Span usual, Map<Span, Set<String>> others) {

    /** All of time. */
    public static final Span EVER = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

    /** Copies the map. */
    public ListedDays {
        others = Map.copyOf(others);
    }

    /**
     * A span of time, in milliseconds since the epoch.
     *
     * @param from the earliest start, inclusive
     * @param to the latest start, exclusive
     */
    public record Span(long from, long to) {}

    /** In which all of them are: what begins at another time need not be looked at. */
    Span all() {
        long from = usual.from;
        long to = usual.to;
        for (Span other : others.keySet()) {
            from = Math.min(from, other.from);
            to = Math.max(to, other.to);
        }
        return new Span(from, to);
    }
}
