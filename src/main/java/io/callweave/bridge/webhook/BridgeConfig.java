package io.callweave.bridge.webhook;

import io.callweave.bridge.account.AccountsSource;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Bridge} runs with.
 *
 * @param port 0 takes a free one
 * @param tls null for plain HTTP, behind something that ends TLS
 * @param prefix of the topics' names
 * @param privacyKey of the hashes; null if nothing is hashed
 * @param expectations the file in which what is usual for each account is kept
 */
public record BridgeConfig(
        String host,
        int port,
        @Nullable TlsFiles tls,
        String prefix,
        AccountsSource accounts,
        byte @Nullable [] privacyKey,
        WebhookLimits limits,
        SilenceLimits silence,
        Path expectations,
        Duration rereadEvery) {

    /** Shows no key. */
    @Override
    public String toString() {
        return "BridgeConfig[" + host + ":" + port + "]";
    }
}
