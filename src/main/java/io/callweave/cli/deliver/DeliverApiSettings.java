package io.callweave.cli.deliver;

import io.callweave.cli.role.DeliverSettings;
import io.callweave.deliver.api.ApiConfig;
import io.callweave.deliver.api.ApiTokens;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.util.Optional;

/** The HTTP API of the deliverer, out of the settings. */
final class DeliverApiSettings {

    private DeliverApiSettings() {}

    /**
     * What the API runs with; empty without {@code deliver.api-port}.
     *
     * @throws io.callweave.settings.SettingsException if there is no token, or a wrong one
     */
    static Optional<ApiConfig> of(Settings settings) {
        return settings.find(KnownSettings.DELIVER_API_PORT)
                .map(port -> new ApiConfig(
                        settings.get(KnownSettings.DELIVER_API_HOST),
                        port,
                        ApiTokens.of(
                                settings.get(KnownSettings.DELIVER_API_TOKENS),
                                settings.find(KnownSettings.DELIVER_API_ACCESS_FILE)),
                        DeliverTopicAccess.ofServer(settings),
                        DeliverSettings.keys(settings)));
    }
}
