package io.callweave.replay;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a recording was replayed.
 *
 * @param next by part, where to go on
 */
public record Position(SortedMap<String, Long> next) {

    /** Before everything. */
    static final Position START = new Position(new TreeMap<>());

    public Position {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    Position after(Recorded one) {
        TreeMap<String, Long> moved = new TreeMap<>(next);
        moved.put(one.part(), one.next());
        return new Position(moved);
    }

    long in(String part) {
        return next.getOrDefault(part, 0L);
    }
}
