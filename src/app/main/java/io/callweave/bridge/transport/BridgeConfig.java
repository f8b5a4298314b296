package io.callweave.bridge.transport;

import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.activity.SilenceLimits;
import io.callweave.checks.Check;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a {@link Bridge} runs with, whatever its transports.
 *
 * @param accountSeries how many accounts have series of their own in the metrics
 * @param expectations the file in which what is usual for each account is kept
 * @param rereadEvery how often files are looked at for changes
 */
public record BridgeConfig(
        IntakeRules rules,
        AccountsSource accounts,
        SilenceLimits silence,
        int accountSeries,
        Path expectations,
        Duration rereadEvery) {

    public BridgeConfig {
        Check.atLeast("bridge.account-series", 0, accountSeries);
        Check.positive("The interval of rereading files", rereadEvery);
    }
}
