package io.callweave.cli.role;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;

/** The core's values out of the settings; the core itself knows no settings. */
public final class CallSettings {

    private CallSettings() {}

    public static int maxNotificationBytes(Settings settings) {
        return Math.toIntExact(settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES));
    }
}
