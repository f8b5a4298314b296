package io.callweave.cli.role;

import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.TimestampSource;
import io.callweave.bridge.account.AccountDefaults;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.activity.SilenceLimits;
import io.callweave.bridge.transport.BridgeConfig;
import io.callweave.bridge.webhook.TlsFiles;
import io.callweave.bridge.webhook.WebhookConfig;
import io.callweave.bridge.webhook.WebhookLimits;
import io.callweave.runtime.http.HttpLimits;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the role {@code bridge} runs with, out of the settings. */
public final class BridgeSettings {

    /** Soon enough for a person who waits for it; the files are small. */
    private static final Duration REREAD_EVERY = Duration.ofSeconds(2);

    /** Answers take no longer. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private static final String EXPECTATIONS = "bridge-expectations.properties";

    private BridgeSettings() {}

    static BridgeConfig of(Settings settings) {
        return new BridgeConfig(
                rules(settings),
                accounts(settings),
                new SilenceLimits(
                        settings.get(KnownSettings.BRIDGE_SILENCE_AFTER),
                        settings.get(KnownSettings.BRIDGE_SILENCE_MISSING)),
                settings.get(KnownSettings.BRIDGE_ACCOUNT_SERIES),
                settings.get(KnownSettings.STATE_DIR).resolve(EXPECTATIONS),
                REREAD_EVERY);
    }

    /** What becomes of notifications of a transport. */
    public static IntakeRules rules(Settings settings) {
        return new IntakeRules(
                settings.get(KnownSettings.TOPICS_PREFIX),
                maxNotificationBytes(settings),
                PrivacySettings.key(settings),
                TimestampSource.OF_KAFKA,
                settings.get(KnownSettings.ARTIFACTS_INSIGHTS),
                false);
    }

    static WebhookConfig webhook(Settings settings) {
        return new WebhookConfig(
                settings.get(KnownSettings.BRIDGE_HOST),
                settings.get(KnownSettings.BRIDGE_PORT),
                tls(settings),
                limits(settings),
                REREAD_EVERY);
    }

    static AccountsSource accounts(Settings settings) {
        return new AccountsSource(
                settings.find(KnownSettings.BRIDGE_ACCOUNTS_FILE).orElse(null),
                settings.get(KnownSettings.BRIDGE_ACCOUNTS),
                settings.get(KnownSettings.BRIDGE_ACCOUNT_TOKENS),
                new AccountDefaults(
                        PrivacySettings.ofOthers(settings),
                        settings.get(KnownSettings.BRIDGE_ACCOUNT_RATE),
                        settings.find(KnownSettings.BRIDGE_PRIVACY_KEY).isPresent(),
                        RingCentralSettings.connection(settings)));
    }

    public static int maxNotificationBytes(Settings settings) {
        return Math.toIntExact(settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES));
    }

    private static WebhookLimits limits(Settings settings) {
        return new WebhookLimits(
                maxNotificationBytes(settings),
                settings.get(KnownSettings.BRIDGE_IN_FLIGHT_BYTES),
                settings.get(KnownSettings.BRIDGE_ANSWER_TIMEOUT),
                new HttpLimits(
                        Math.toIntExact(settings.get(KnownSettings.BRIDGE_MAX_HEADER_BYTES)),
                        settings.get(KnownSettings.BRIDGE_MAX_CONNECTIONS),
                        new HttpLimits.OfAddress(
                                settings.get(KnownSettings.BRIDGE_MAX_CONNECTIONS_PER_ADDRESS),
                                settings.get(KnownSettings.BRIDGE_TRUSTED_PROXIES)),
                        settings.get(KnownSettings.BRIDGE_REQUEST_TIMEOUT),
                        settings.get(KnownSettings.BRIDGE_IDLE_TIMEOUT),
                        STOP_TIMEOUT));
    }

    private static @Nullable TlsFiles tls(Settings settings) {
        Optional<Path> certificate = settings.find(KnownSettings.BRIDGE_TLS_CERTIFICATE);
        Optional<Path> key = settings.find(KnownSettings.BRIDGE_TLS_KEY_FILE);
        if (certificate.isEmpty()) {
            if (key.isPresent()) {
                throw new SettingsException(
                        "bridge.tls-key-file is set, but bridge.tls-certificate, which it belongs to, is not.");
            }
            return null;
        }
        return new TlsFiles(certificate.get(), key.orElse(null), settings.get(KnownSettings.BRIDGE_TLS_PASSWORD));
    }
}
