package io.callweave.console.feed;

import io.callweave.record.ExcludedCalls;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.value.OutputSwitch;
import java.time.Duration;
import java.util.Map;

/**
 * What the feed runs with.
 *
 * @param client options of Kafka clients, with {@code bootstrap.servers}
 * @param prefix of the topics
 * @param retention how long calls are kept after their last change
 * @param maxCalls how many calls are kept
 * @param maxBytes how large the store becomes; then the oldest is forgotten
 * @param excluded calls that are not shown
 */
public record FeedConfig(
        Map<String, Object> client,
        String prefix,
        Duration retention,
        long maxCalls,
        long maxBytes,
        Masking masking,
        ExcludedCalls excluded) {

    /** Windows of accounts and queues are kept for as long: until the day of a week ago has been over in every zone. */
    static final Duration LAST_WEEK = Duration.ofDays(9);

    public FeedConfig {
        client = Map.copyOf(client);
    }

    public static FeedConfig of(Settings settings) {
        return new FeedConfig(
                settings.kafkaClientOptions(),
                settings.get(KnownSettings.TOPICS_PREFIX),
                settings.get(KnownSettings.CONSOLE_RETENTION),
                settings.get(KnownSettings.CONSOLE_MAX_CALLS),
                settings.get(KnownSettings.CONSOLE_MAX_BYTES),
                settings.get(KnownSettings.CONSOLE_MASKING) == OutputSwitch.ON ? Masking.ON : Masking.OFF,
                settings.get(KnownSettings.PRIVACY_EXCLUDE));
    }
}
