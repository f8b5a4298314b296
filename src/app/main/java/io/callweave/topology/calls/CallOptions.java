package io.callweave.topology.calls;

import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.checks.Check;
import io.callweave.notification.NotificationLimits;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.value.SequenceGaps;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What calls are put together by, for all that do it: the topology, and what reads files.
 *
 * @param waits how long calls are waited for
 * @param gapGrace how long a missing sequence holds up the party events after it
 * @param lateWindow how long after its last change a call is still revised
 * @param markerRetention how long it is remembered that a session was closed
 * @param artifactsSettle how long later facts of a call gather before they make a revision
 * @param backfillWait how long after its receipt what the Call Log says makes a call, if no event comes
 * @param liveInterval shortest time between two emissions of a live call
 */
public record CallOptions(
        NotificationLimits notifications,
        CallRules rules,
        CompletionTimeouts waits,
        Duration gapGrace,
        Duration lateWindow,
        Duration markerRetention,
        Duration artifactsSettle,
        Duration backfillWait,
        Duration liveInterval,
        CallLimits limits) {

    public static final CallOptions DEFAULT = new CallOptions(
            NotificationLimits.DEFAULT,
            CallRules.DEFAULT,
            CompletionTimeouts.DEFAULT,
            Duration.ofMillis(500),
            Duration.ofHours(24),
            Duration.ofDays(7),
            Duration.ofSeconds(5),
            Duration.ofMinutes(15),
            Duration.ofMillis(500),
            CallLimits.DEFAULT);

    public CallOptions {
        Check.notNegative("ordering.gap-grace", gapGrace);
        Check.positive("completion.late-window", lateWindow);
        Check.positive("notifications.retention", markerRetention);
        Check.notNegative("artifacts.settle", artifactsSettle);
        Check.notNegative("backfill.wait", backfillWait);
        Check.notNegative("The interval of live calls", liveInterval);
    }

    public static CallOptions of(Settings settings) {
        return new CallOptions(
                new NotificationLimits(
                        Math.toIntExact(settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES)),
                        settings.get(KnownSettings.NOTIFICATIONS_MAX_PARTIES)),
                new CallRules(
                        settings.get(KnownSettings.COMPLETION_SEQUENCE_GAPS) == SequenceGaps.COUNT,
                        settings.get(KnownSettings.COMPLETION_SEQUENCE_GAPS_ACCOUNTS).entrySet().stream()
                                .collect(Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, account -> account.getValue() == SequenceGaps.COUNT))),
                new CompletionTimeouts(
                        settings.get(KnownSettings.COMPLETION_LINGER),
                        settings.get(KnownSettings.COMPLETION_PEER_WAIT),
                        settings.get(KnownSettings.COMPLETION_OPEN_PARTY_WAIT),
                        settings.get(KnownSettings.COMPLETION_MAX_IDLE)),
                settings.get(KnownSettings.ORDERING_GAP_GRACE),
                settings.get(KnownSettings.COMPLETION_LATE_WINDOW),
                settings.get(KnownSettings.NOTIFICATIONS_RETENTION),
                settings.get(KnownSettings.ARTIFACTS_SETTLE),
                settings.get(KnownSettings.BACKFILL_WAIT),
                DEFAULT.liveInterval,
                limits(settings));
    }

    private static CallLimits limits(Settings settings) {
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

    public CallOptions with(CallRules others) {
        return new CallOptions(
                notifications,
                others,
                waits,
                gapGrace,
                lateWindow,
                markerRetention,
                artifactsSettle,
                backfillWait,
                liveInterval,
                limits);
    }

    public CallOptions with(CallLimits others) {
        return new CallOptions(
                notifications,
                rules,
                waits,
                gapGrace,
                lateWindow,
                markerRetention,
                artifactsSettle,
                backfillWait,
                liveInterval,
                others);
    }

    public CallOptions withLateWindow(Duration other) {
        return new CallOptions(
                notifications,
                rules,
                waits,
                gapGrace,
                other,
                markerRetention,
                artifactsSettle,
                backfillWait,
                liveInterval,
                limits);
    }
}
