package io.callweave.bridge.backfill;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.time.Duration;

/**
 * Which calls can still change.
 *
 * @param lateWindow for how long after its last change
 * @param oldest how long ago a call of the Call Log may have begun
 * @param settle how long after the end of a gap or a call the Call Log has settled
 */
public record BackfillTimes(Duration lateWindow, Duration oldest, Duration settle) {

    public static BackfillTimes of(Settings settings) {
        Duration notifications = settings.get(KnownSettings.NOTIFICATIONS_RETENTION);
        Duration windows = settings.get(KnownSettings.METRICS_RETENTION);
        return new BackfillTimes(
                settings.get(KnownSettings.COMPLETION_LATE_WINDOW),
                notifications.compareTo(windows) < 0 ? notifications : windows,
                settings.get(KnownSettings.BACKFILL_SETTLE));
    }
}
