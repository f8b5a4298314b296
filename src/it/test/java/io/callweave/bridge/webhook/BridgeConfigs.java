package io.callweave.bridge.webhook;

import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.TimestampSource;
import io.callweave.bridge.account.AccountDefaults;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.activity.SilenceLimits;
import io.callweave.bridge.transport.BridgeConfig;
import io.callweave.runtime.http.HttpLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Bridges for tests: a free port on loopback, files in a folder of the test's, and short times. */
final class BridgeConfigs {

    static final int MAX_BYTES = 10_000;
    static final byte[] KEY = "a key for tests only".getBytes(StandardCharsets.UTF_8);

    /** No machine is too slow for them; shorter than the connection may be idle. */
    static final WebhookLimits PATIENT = limits(Duration.ofSeconds(20), Duration.ofSeconds(20));

    private static final Duration REREAD_EVERY = Duration.ofMillis(20);

    private BridgeConfigs() {}

    static WebhookConfig webhook() {
        return webhook(null, PATIENT);
    }

    static WebhookConfig webhook(TlsFiles tls, WebhookLimits limits) {
        return new WebhookConfig("127.0.0.1", 0, tls, limits, REREAD_EVERY);
    }

    static WebhookLimits limits(Duration answerTimeout, Duration requestTimeout) {
        return limits(answerTimeout, requestTimeout, HttpLimits.OfAddress.ANY);
    }

    static WebhookLimits limits(Duration answerTimeout, Duration requestTimeout, HttpLimits.OfAddress ofAddress) {
        return new WebhookLimits(
                MAX_BYTES,
                1 << 20,
                answerTimeout,
                new HttpLimits(2_048, 50, ofAddress, requestTimeout, Duration.ofSeconds(30), Duration.ofSeconds(5)));
    }

    static BridgeConfig of(Path folder) {
        return new BridgeConfig(
                new IntakeRules("test.", MAX_BYTES, KEY, TimestampSource.OF_KAFKA),
                new AccountsSource(
                        folder.resolve("accounts.properties"), "", "", new AccountDefaults(Privacy.NONE, 1_000, true)),
                new SilenceLimits(Duration.ofMinutes(1), 10),
                200,
                folder.resolve("expectations.properties"),
                REREAD_EVERY);
    }
}
