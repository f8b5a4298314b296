package io.callweave.cli;

import io.callweave.call.CallRules;
import io.callweave.call.Waits;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.SequenceGaps;
import io.callweave.settings.Settings;

/** The core's values out of the settings; the core itself knows no settings. */
final class CallSettings {

    private CallSettings() {}

    static CallRules rules(Settings settings) {
        return new CallRules(settings.get(KnownSettings.COMPLETION_SEQUENCE_GAPS) == SequenceGaps.COUNT);
    }

    static Waits waits(Settings settings) {
        return new Waits(
                settings.get(KnownSettings.COMPLETION_LINGER).toMillis(),
                settings.get(KnownSettings.COMPLETION_PEER_WAIT).toMillis(),
                settings.get(KnownSettings.COMPLETION_OPEN_PARTY_WAIT).toMillis(),
                settings.get(KnownSettings.COMPLETION_MAX_IDLE).toMillis());
    }

    static int maxNotificationBytes(Settings settings) {
        return Math.toIntExact(settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES));
    }
}
