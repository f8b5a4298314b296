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
 * @param expectations the file in which what is usual for each account is kept
 * @param rereadEvery how often files are looked at for changes
 */
public record BridgeConfig(
        IntakeRules rules, AccountsSource accounts, SilenceLimits silence, Path expectations, Duration rereadEvery) {

    public BridgeConfig {
        Check.positive("The interval of rereading files", rereadEvery);
    }
}
