package io.callweave.topology;

import io.callweave.metrics.Scope;
import java.util.Map;

/**
 * What the windows of some calls cost.
 *
 * @param byScope all scopes, also those that no call counts in
 * @param calls what is kept of each call to take it out again, and of the days; nothing of that is given out
 */
public record WindowCosts(Map<Scope, Part> byScope, Part calls) {

    /**
     * A part of it; bytes are those of keys and values, uncompressed.
     *
     * @param stateBytes in the store when nothing waits any more
     * @param updates given out
     * @param writes to the store, deletions among them; so many records has its changelog
     */
    public record Part(long stateBytes, long updates, long updateBytes, long writes, long writtenBytes) {

        public static final Part NOTHING = new Part(0, 0, 0, 0, 0);

        Part plus(Part other) {
            return new Part(
                    stateBytes + other.stateBytes,
                    updates + other.updates,
                    updateBytes + other.updateBytes,
                    writes + other.writes,
                    writtenBytes + other.writtenBytes);
        }
    }

    public WindowCosts {
        byScope = Map.copyOf(byScope);
    }

    public Part of(Scope scope) {
        return byScope.getOrDefault(scope, Part.NOTHING);
    }

    public Part together() {
        return byScope.values().stream().reduce(calls, Part::plus);
    }
}
