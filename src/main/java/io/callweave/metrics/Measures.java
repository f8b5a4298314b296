package io.callweave.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What one call adds to a window.
 *
 * @param values in milliseconds; a figure that the call does not have is left out
 */
public record Measures(Set<Count> counts, Map<Figure, Long> values) {

    public Measures {
        counts = Collections.unmodifiableSet(EnumSet.copyOf(counts));
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }
}
