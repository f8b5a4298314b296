package io.callweave.console.api;

import io.callweave.access.AccessTokens;
import io.callweave.metrics.ServiceGoals;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.value.OutputSwitch;
import io.callweave.settings.value.ValueEnvelope;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.util.List;

/**
 * What the settings say about the page, and who may see it.
 *
 * @param port 0 takes a free one
 * @param tokens empty only on loopback: then everyone on this machine sees all
 * @param excluding whether some calls are not shown; figures of days count them
 * @param zones of days on the wallboard
 * @param goals of service levels on the wallboard
 * @param rules what {@code streams} assembles calls by, to explain them
 * @param examples what the page offers first; usually none
 */
public record ConsoleOptions(
        String host,
        int port,
        AccessTokens tokens,
        boolean masked,
        boolean excluding,
        AccountZones zones,
        ServiceGoals goals,
        CallOptions rules,
        List<ExampleCall> examples) {

    public ConsoleOptions {
        examples = List.copyOf(examples);
    }

    /**
     * Reads the settings.
     *
     * @throws SettingsException if something cannot be used, or is not there to be shown
     */
    public static ConsoleOptions of(Settings settings, List<ExampleCall> examples) {
        if (settings.get(KnownSettings.TOPICS_ENVELOPE) != ValueEnvelope.NONE) {
            throw new SettingsException("topics.envelope must be none for console: it reads whole call records.");
        }
        TopicPlan.need(settings, Topic.LIVE_CALLS, "console: it shows live calls");
        return new ConsoleOptions(
                settings.get(KnownSettings.CONSOLE_HOST),
                settings.get(KnownSettings.CONSOLE_PORT),
                AccessTokens.of(
                        new AccessTokens.Names(
                                KnownSettings.CONSOLE_TOKENS.name(), KnownSettings.CONSOLE_ACCESS_FILE.name()),
                        settings.get(KnownSettings.CONSOLE_TOKENS),
                        settings.find(KnownSettings.CONSOLE_ACCESS_FILE)),
                settings.get(KnownSettings.CONSOLE_MASKING) == OutputSwitch.ON,
                !settings.get(KnownSettings.PRIVACY_EXCLUDE).isEmpty(),
                new AccountZones(
                        settings.get(KnownSettings.METRICS_TIME_ZONE), settings.get(KnownSettings.METRICS_TIME_ZONES)),
                WindowOptions.goals(settings),
                CallOptions.of(settings),
                examples);
    }

    /** Shows no tokens. */
    @Override
    public String toString() {
        return "ConsoleOptions[" + host + ":" + port + "]";
    }
}
