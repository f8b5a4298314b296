package io.callweave.cli.deliver;

import io.callweave.access.AccessTokens;
import io.callweave.deliver.api.ApiConfig;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.util.Optional;

/** The HTTP API of the deliverer, out of the settings. */
public final class DeliverApiSettings {

    private DeliverApiSettings() {}

    /**
     * What the API runs with; empty without {@code deliver.api-port}.
     *
     * @throws io.callweave.settings.SettingsException if there is no token, or a wrong one
     */
    public static Optional<ApiConfig> of(Settings settings) {
        return settings.find(KnownSettings.DELIVER_API_PORT)
                .map(port -> new ApiConfig(
                        settings.get(KnownSettings.DELIVER_API_HOST),
                        port,
                        tokens(settings),
                        settings.get(KnownSettings.DELIVER_API_RATE),
                        DeliverTopicAccess.ofServer(settings),
                        SecretKeys.of(settings)));
    }

    private static AccessTokens tokens(Settings settings) {
        AccessTokens tokens = AccessTokens.of(
                new AccessTokens.Names(
                        KnownSettings.DELIVER_API_TOKENS.name(), KnownSettings.DELIVER_API_ACCESS_FILE.name()),
                settings.get(KnownSettings.DELIVER_API_TOKENS),
                settings.find(KnownSettings.DELIVER_API_ACCESS_FILE));
        if (tokens.isEmpty()) {
            throw new SettingsException(
                    "deliver.api-port needs an access token: set deliver.api-tokens or deliver.api-access-file.");
        }
        return tokens;
    }
}
