package io.callweave.cli;

import io.callweave.call.CallRules;
import io.callweave.call.Waits;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.SequenceGaps;
import io.callweave.settings.Settings;
import io.callweave.topology.Limits;
import io.callweave.topology.Timing;

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

    static int maxNotificationBytes(Settings settings) {
        return Math.toIntExact(settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES));
    }
}
