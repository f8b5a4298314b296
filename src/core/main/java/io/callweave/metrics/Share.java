package io.callweave.metrics;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a call adds to the windows of one scope.
 *
 * @param sizes the windows; at least one
 */
public record Share(Scope scope, String scopeId, Set<WindowSize> sizes, Measures measures) {

    public Share {
        sizes = Collections.unmodifiableSet(EnumSet.copyOf(sizes));
    }
}
