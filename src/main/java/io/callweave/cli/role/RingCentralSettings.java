package io.callweave.cli.role;

import io.callweave.bridge.account.AccountsException;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.ConnectionDefaults;
import io.callweave.ringcentral.EventFilter;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.util.List;
import java.util.Map;

/** What connects accounts to RingCentral, out of the settings. */
public final class RingCentralSettings {

    private RingCentralSettings() {}

    public static Server server(Settings settings, Patience patience) {
        return new Server(settings.get(KnownSettings.RINGCENTRAL_SERVER), patience);
    }

    /** @throws SettingsException if filters or JWTs are wrong; it shows no secrets */
    public static ConnectionDefaults connection(Settings settings) {
        return new ConnectionDefaults(
                settings.get(KnownSettings.RINGCENTRAL_CLIENT_ID),
                settings.get(KnownSettings.RINGCENTRAL_CLIENT_SECRET),
                jwts(settings),
                filters(settings),
                Connection.Way.valueOf(
                        settings.get(KnownSettings.RINGCENTRAL_TRANSPORT).name()));
    }

    private static Map<String, String> jwts(Settings settings) {
        try {
            return ConnectionDefaults.jwts(settings.get(KnownSettings.RINGCENTRAL_JWT));
        } catch (AccountsException e) {
            throw new SettingsException(e.getMessage(), e);
        }
    }

    private static List<EventFilter> filters(Settings settings) {
        try {
            List<EventFilter> filters = EventFilter.parseAll(settings.get(KnownSettings.RINGCENTRAL_FILTERS));
            return filters.isEmpty() ? List.of(EventFilter.OF_ACCOUNT) : filters;
        } catch (IllegalArgumentException e) {
            throw new SettingsException("ringcentral.filters: " + e.getMessage(), e);
        }
    }
}
