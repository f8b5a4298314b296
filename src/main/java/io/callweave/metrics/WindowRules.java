package io.callweave.metrics;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How calls are counted.
 *
 * @param sizes which windows each scope has
 * @param zone whose days the windows of a day are
 * @param zones accounts for which that is another one
 * @param serviceLevelMs within which a call has to be answered to be so in time
 */
public record WindowRules(
        Map<Scope, Set<WindowSize>> sizes, ZoneId zone, Map<String, ZoneId> zones, long serviceLevelMs) {

    private static final Set<WindowSize> ALL = Set.copyOf(EnumSet.allOf(WindowSize.class));

    public static final WindowRules DEFAULT = new WindowRules(
            Stream.of(Scope.values()).collect(Collectors.toMap(Function.identity(), scope -> ALL)),
            ZoneOffset.UTC,
            Map.of(),
            20_000);

    public WindowRules {
        sizes = Map.copyOf(sizes);
        zones = Map.copyOf(zones);
    }

    public ZoneId zone(String accountId) {
        return zones.getOrDefault(accountId, zone);
    }

    Set<WindowSize> sizes(Scope scope) {
        return sizes.getOrDefault(scope, Set.of());
    }
}
