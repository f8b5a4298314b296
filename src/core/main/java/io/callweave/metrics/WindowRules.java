package io.callweave.metrics;

import io.callweave.checks.Check;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of window metrics.
 *
 * @param sizes the windows of each scope
 * @param zone the time zone of daily windows
 * @param zones accounts with a time zone of their own
 * @param serviceLevel the longest time to answer that counts as answered in time
 * @param shortAbandon calls that are abandoned earlier do not count for the service level; zero: all count
 */
public record WindowRules(
        Map<Scope, Set<WindowSize>> sizes,
        ZoneId zone,
        Map<String, ZoneId> zones,
        Duration serviceLevel,
        Duration shortAbandon) {

    private static final Set<WindowSize> ALL = Set.copyOf(EnumSet.allOf(WindowSize.class));

    public static final WindowRules DEFAULT = new WindowRules(
            Stream.of(Scope.values()).collect(Collectors.toMap(Function.identity(), scope -> ALL)),
            ZoneOffset.UTC,
            Map.of(),
            Duration.ofSeconds(20));

    public WindowRules {
        sizes = Map.copyOf(sizes);
        zones = Map.copyOf(zones);
        Check.positive("metrics.service-level", serviceLevel);
    }

    /** Rules that count every abandoned call. */
    public WindowRules(
            Map<Scope, Set<WindowSize>> sizes, ZoneId zone, Map<String, ZoneId> zones, Duration serviceLevel) {
        this(sizes, zone, zones, serviceLevel, Duration.ZERO);
    }

    /** What the service level is made of. */
    public ServiceLevel level() {
        return ServiceLevel.of(serviceLevel, shortAbandon);
    }

    public long serviceLevelMs() {
        return serviceLevel.toMillis();
    }

    public ZoneId zone(String accountId) {
        return zones.getOrDefault(accountId, zone);
    }

    Set<WindowSize> sizes(Scope scope) {
        return sizes.getOrDefault(scope, Set.of());
    }
}
