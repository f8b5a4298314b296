package io.callweave.cli.role;

import io.callweave.metrics.ServiceGoals;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.util.OptionalInt;

/** The core's values out of the settings; the core itself knows no settings. */
public final class CallSettings {

    private CallSettings() {}

    /** What pages compare service levels with. */
    public static ServiceGoals goals(Settings settings) {
        OptionalInt usual = settings.get(KnownSettings.METRICS_SERVICE_GOAL);
        return new ServiceGoals(
                usual.isPresent() ? Integer.valueOf(usual.getAsInt()) : null,
                settings.get(KnownSettings.METRICS_SERVICE_GOALS));
    }

    public static int maxNotificationBytes(Settings settings) {
        return Math.toIntExact(settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES));
    }
}
