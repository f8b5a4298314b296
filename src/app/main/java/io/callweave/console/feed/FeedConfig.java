package io.callweave.console.feed;

import io.callweave.record.ExcludedCalls;
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

    /** Windows of accounts are kept for as long: until the day of a week ago has been over in every zone. */
    static final Duration LAST_WEEK = Duration.ofDays(9);

    public FeedConfig {
        client = Map.copyOf(client);
    }
}
