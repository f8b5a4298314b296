package io.callweave.bench.windows;

import io.callweave.metrics.Scope;
import java.util.Map;

/**
 * The cost of the windows of some calls.
 *
 * @param byScope all scopes, also those in which no call counts
 * @param calls what is stored to subtract each call again, and for the days; none of it is emitted
 */
public record WindowCosts(Map<Scope, Part> byScope, Part calls) {

    /**
     * One part of the cost. Bytes are those of keys and values, uncompressed.
     *
     * @param stateBytes in the store when nothing is pending
     * @param updates emitted
     * @param writes to the store, including deletions; the changelog has this many records
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
