package io.callweave.topology.windows;

import io.callweave.checks.Check;
import io.callweave.metrics.Scope;
import io.callweave.metrics.ServiceGoals;
import io.callweave.metrics.ServiceLevels;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How windows are kept.
 *
 * @param rules how calls are counted in them
 * @param emitInterval shortest time between two emissions of a window
 * @param retention how long after its last change a day's windows are kept, so that revisions can change them
 */
public record WindowOptions(WindowRules rules, Duration emitInterval, Duration retention) {

    public static final WindowOptions DEFAULT =
            new WindowOptions(WindowRules.DEFAULT, Duration.ofSeconds(1), Duration.ofDays(7));

    /** Counts no call in any window. */
    public static final WindowOptions NONE =
            new WindowOptions(WindowRules.DEFAULT.with(Map.of()), DEFAULT.emitInterval(), DEFAULT.retention());

    public WindowOptions {
        Check.notNegative("metrics.emit-interval", emitInterval);
        Check.positive("metrics.retention", retention);
    }

    public static WindowOptions of(Settings settings) {
        WindowRules rules = new WindowRules(
                Map.of(
                        Scope.ACCOUNT, sizes(settings, KnownSettings.METRICS_ACCOUNT_WINDOWS),
                        Scope.EXTENSION, sizes(settings, KnownSettings.METRICS_EXTENSION_WINDOWS),
                        Scope.QUEUE, sizes(settings, KnownSettings.METRICS_QUEUE_WINDOWS),
                        Scope.NUMBER, sizes(settings, KnownSettings.METRICS_NUMBER_WINDOWS),
                        Scope.DEPARTMENT, sizes(settings, KnownSettings.METRICS_DEPARTMENT_WINDOWS)),
                settings.get(KnownSettings.METRICS_TIME_ZONE),
                settings.get(KnownSettings.METRICS_TIME_ZONES),
                ServiceLevels.of(
                        settings.get(KnownSettings.METRICS_SERVICE_LEVEL),
                        settings.get(KnownSettings.METRICS_SHORT_ABANDON),
                        settings.get(KnownSettings.METRICS_SERVICE_LEVELS),
                        settings.get(KnownSettings.METRICS_SHORT_ABANDONS)));
        return new WindowOptions(
                rules,
                settings.get(KnownSettings.METRICS_EMIT_INTERVAL),
                settings.get(KnownSettings.METRICS_RETENTION));
    }

    /** What pages compare service levels with. */
    public static ServiceGoals goals(Settings settings) {
        OptionalInt usual = settings.get(KnownSettings.METRICS_SERVICE_GOAL);
        return new ServiceGoals(
                usual.isPresent() ? Integer.valueOf(usual.getAsInt()) : null,
                settings.get(KnownSettings.METRICS_SERVICE_GOALS));
    }

    private static Set<WindowSize> sizes(Settings settings, Setting<Set<String>> setting) {
        return settings.get(setting).stream().map(WindowSize::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    /** The same where state does not last long: nothing is ever given up. */
    public WindowOptions keptForGood() {
        return new WindowOptions(rules, emitInterval, Duration.ofMillis(Long.MAX_VALUE / 4));
    }
}
