package io.callweave.cli.console;

import io.callweave.access.AccessTokens;
import io.callweave.cli.role.CallSettings;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.console.api.AccountZones;
import io.callweave.console.app.ConsoleConfig;
import io.callweave.console.feed.FeedConfig;
import io.callweave.console.feed.Masking;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.value.OutputSwitch;
import io.callweave.settings.value.ValueEnvelope;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import java.util.List;

/** What the role {@code console} runs with, out of the settings. */
public final class ConsoleSettings {

    private ConsoleSettings() {}

    /**
     * The configuration of the role.
     *
     * @throws SettingsException if something cannot be used
     */
    public static ConsoleConfig of(Settings settings) {
        settings.get(KnownSettings.BOOTSTRAP_SERVERS); // says how to set it
        if (settings.get(KnownSettings.TOPICS_ENVELOPE) != ValueEnvelope.NONE) {
            throw new SettingsException("topics.envelope must be none for console: it reads whole call records.");
        }
        ClusterSettings.need(settings, Topic.LIVE_CALLS, "console: it shows live calls");
        return new ConsoleConfig(
                settings.get(KnownSettings.CONSOLE_HOST),
                settings.get(KnownSettings.CONSOLE_PORT),
                AccessTokens.of(
                        new AccessTokens.Names(
                                KnownSettings.CONSOLE_TOKENS.name(), KnownSettings.CONSOLE_ACCESS_FILE.name()),
                        settings.get(KnownSettings.CONSOLE_TOKENS),
                        settings.find(KnownSettings.CONSOLE_ACCESS_FILE)),
                new AccountZones(
                        settings.get(KnownSettings.METRICS_TIME_ZONE), settings.get(KnownSettings.METRICS_TIME_ZONES)),
                CallSettings.goals(settings),
                settings.get(KnownSettings.CONSOLE_DATA_DIR),
                new FeedConfig(
                        settings.kafkaClientOptions(),
                        settings.get(KnownSettings.TOPICS_PREFIX),
                        settings.get(KnownSettings.CONSOLE_RETENTION),
                        settings.get(KnownSettings.CONSOLE_MAX_CALLS),
                        settings.get(KnownSettings.CONSOLE_MAX_BYTES),
                        settings.get(KnownSettings.CONSOLE_MASKING) == OutputSwitch.ON ? Masking.ON : Masking.OFF,
                        settings.get(KnownSettings.PRIVACY_EXCLUDE)),
                CallOptions.of(settings),
                settings.get(KnownSettings.APPLICATION_ID),
                List.of(),
                settings.get(KnownSettings.HTTP_HOST),
                settings.get(KnownSettings.HTTP_PORT));
    }
}
