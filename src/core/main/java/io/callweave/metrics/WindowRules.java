package io.callweave.metrics;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of window metrics.
 *
 * @param sizes the windows of each scope
 * @param zone the time zone of daily windows
 * @param zones accounts with a time zone of their own
 * @param levels what counts as answered in time
 */
public record WindowRules(
        Map<Scope, Set<WindowSize>> sizes, ZoneId zone, Map<String, ZoneId> zones, ServiceLevels levels) {

    private static final Set<WindowSize> ALL = Set.copyOf(EnumSet.allOf(WindowSize.class));

    /** Few read the windows of outside numbers, which are a quarter of all. */
    public static final WindowRules DEFAULT = new WindowRules(
            Stream.of(Scope.values())
                    .collect(Collectors.toMap(
                            Function.identity(), scope -> scope == Scope.NUMBER ? Set.<WindowSize>of() : ALL)),
            ZoneOffset.UTC,
            Map.of(),
            ServiceLevels.DEFAULT);

    public WindowRules {
        sizes = Map.copyOf(sizes);
        zones = Map.copyOf(zones);
    }

    /** The same with other windows. */
    public WindowRules with(Map<Scope, Set<WindowSize>> others) {
        return new WindowRules(others, zone, zones, levels);
    }

    public ZoneId zone(String accountId) {
        return zones.getOrDefault(accountId, zone);
    }

    /** The end of a window, in milliseconds since the epoch. */
    public long end(WindowKey window) {
        return window.size().end(window.start(), zone(window.accountId()));
    }

    /** The threshold of the service level of a window in milliseconds; null if the queues of its account have several. */
    public @Nullable Long thresholdMs(WindowKey window) {
        return levels.thresholdMs(window);
    }

    Set<WindowSize> sizes(Scope scope) {
        return sizes.getOrDefault(scope, Set.of());
    }
}
