package io.callweave.bridge.webhook;

import io.callweave.bridge.account.AccountDefaults;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.account.Privacy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Bridges for tests: a free port on loopback, files in a folder of the test's, and short times. */
final class BridgeConfigs {

    static final int MAX_BYTES = 10_000;
    static final byte[] KEY = "a key for tests only".getBytes(StandardCharsets.UTF_8);

    private BridgeConfigs() {}

    static BridgeConfig of(Path folder) {
        return of(folder, null, limits(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    static WebhookLimits limits(Duration answerTimeout, Duration requestTimeout) {
        return new WebhookLimits(MAX_BYTES, 2_048, 1 << 20, 50, answerTimeout, requestTimeout, Duration.ofSeconds(30));
    }

    static BridgeConfig of(Path folder, TlsFiles tls, WebhookLimits limits) {
        return new BridgeConfig(
                "127.0.0.1",
                0,
                tls,
                "test.",
                new AccountsSource(
                        folder.resolve("accounts.properties"), "", "", new AccountDefaults(Privacy.NONE, 1_000, true)),
                KEY,
                limits,
                new SilenceLimits(60_000, 10),
                folder.resolve("expectations.properties"),
                Duration.ofMillis(20));
    }
}
