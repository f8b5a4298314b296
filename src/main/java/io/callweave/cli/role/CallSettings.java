package io.callweave.cli.role;

import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.metrics.Scope;
import io.callweave.metrics.ServiceGoals;
import io.callweave.metrics.ServiceLevels;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.notification.NotificationLimits;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.settings.value.SequenceGaps;
import io.callweave.topology.calls.CallTimeouts;
import io.callweave.topology.windows.WindowOptions;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The core's values out of the settings; the core itself knows no settings. */
public final class CallSettings {

    private CallSettings() {}

    public static CallRules rules(Settings settings) {
        return new CallRules(
                settings.get(KnownSettings.COMPLETION_SEQUENCE_GAPS) == SequenceGaps.COUNT,
                settings.get(KnownSettings.COMPLETION_SEQUENCE_GAPS_ACCOUNTS).entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, account -> account.getValue() == SequenceGaps.COUNT)));
    }

    public static CallTimeouts timing(Settings settings) {
        CompletionTimeouts waits = new CompletionTimeouts(
                settings.get(KnownSettings.COMPLETION_LINGER),
                settings.get(KnownSettings.COMPLETION_PEER_WAIT),
                settings.get(KnownSettings.COMPLETION_OPEN_PARTY_WAIT),
                settings.get(KnownSettings.COMPLETION_MAX_IDLE));
        return new CallTimeouts(
                waits,
                settings.get(KnownSettings.ORDERING_GAP_GRACE),
                settings.get(KnownSettings.COMPLETION_LATE_WINDOW),
                settings.get(KnownSettings.NOTIFICATIONS_RETENTION),
                CallTimeouts.DEFAULT.liveInterval());
    }

    public static CallLimits limits(Settings settings) {
        int sessionEvents = settings.get(KnownSettings.LIMITS_SESSION_EVENTS);
        int callEvents = settings.get(KnownSettings.LIMITS_CALL_EVENTS);
        return new CallLimits(
                sessionEvents,
                settings.get(KnownSettings.LIMITS_CALL_SESSIONS),
                callEvents,
                settings.get(KnownSettings.LIMITS_CALL_PARTIES),
                // A real event takes less than a kibibyte, so the limits above are reached first.
                Math.max(CallLimits.DEFAULT.callBytes(), 1024L * Math.max(sessionEvents, callEvents)),
                CallLimits.DEFAULT.recordBytes(),
                CallLimits.DEFAULT.spacedEvents());
    }

    public static WindowOptions windows(Settings settings) {
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

    public static NotificationLimits notifications(Settings settings) {
        return new NotificationLimits(
                maxNotificationBytes(settings), settings.get(KnownSettings.NOTIFICATIONS_MAX_PARTIES));
    }

    public static int maxNotificationBytes(Settings settings) {
        return Math.toIntExact(settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES));
    }
}
