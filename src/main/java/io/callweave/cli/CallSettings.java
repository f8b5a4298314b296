package io.callweave.cli;

import io.callweave.call.CallRules;
import io.callweave.call.Waits;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.SequenceGaps;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.topology.Limits;
import io.callweave.topology.Timing;
import io.callweave.topology.WindowOptions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The core's values out of the settings; the core itself knows no settings. */
final class CallSettings {

    private CallSettings() {}

    static CallRules rules(Settings settings) {
        return new CallRules(settings.get(KnownSettings.COMPLETION_SEQUENCE_GAPS) == SequenceGaps.COUNT);
    }

    static Timing timing(Settings settings) {
        Waits waits = new Waits(
                settings.get(KnownSettings.COMPLETION_LINGER).toMillis(),
                settings.get(KnownSettings.COMPLETION_PEER_WAIT).toMillis(),
                settings.get(KnownSettings.COMPLETION_OPEN_PARTY_WAIT).toMillis(),
                settings.get(KnownSettings.COMPLETION_MAX_IDLE).toMillis());
        return new Timing(
                waits,
                settings.get(KnownSettings.ORDERING_GAP_GRACE).toMillis(),
                settings.get(KnownSettings.COMPLETION_LATE_WINDOW).toMillis(),
                settings.get(KnownSettings.NOTIFICATIONS_RETENTION).toMillis(),
                Timing.DEFAULT.liveInterval());
    }

    static Limits limits(Settings settings) {
        return new Limits(
                settings.get(KnownSettings.LIMITS_SESSION_EVENTS),
                settings.get(KnownSettings.LIMITS_CALL_SESSIONS),
                settings.get(KnownSettings.LIMITS_CALL_EVENTS),
                Limits.DEFAULT.recordBytes());
    }

    static WindowOptions windows(Settings settings) {
        WindowRules rules = new WindowRules(
                Map.of(
                        Scope.ACCOUNT, sizes(settings, KnownSettings.METRICS_ACCOUNT_WINDOWS),
                        Scope.EXTENSION, sizes(settings, KnownSettings.METRICS_EXTENSION_WINDOWS),
                        Scope.QUEUE, sizes(settings, KnownSettings.METRICS_QUEUE_WINDOWS),
                        Scope.NUMBER, sizes(settings, KnownSettings.METRICS_NUMBER_WINDOWS),
                        Scope.DEPARTMENT, sizes(settings, KnownSettings.METRICS_DEPARTMENT_WINDOWS)),
                settings.get(KnownSettings.METRICS_TIME_ZONE),
                settings.get(KnownSettings.METRICS_TIME_ZONES),
                settings.get(KnownSettings.METRICS_SERVICE_LEVEL).toMillis());
        return new WindowOptions(
                rules,
                settings.get(KnownSettings.METRICS_EMIT_INTERVAL).toMillis(),
                settings.get(KnownSettings.METRICS_RETENTION).toMillis());
    }

    private static Set<WindowSize> sizes(Settings settings, Setting<Set<String>> setting) {
        return settings.get(setting).stream().map(WindowSize::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    static int maxNotificationBytes(Settings settings) {
        return Math.toIntExact(settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES));
    }
}
