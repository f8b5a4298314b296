package io.callweave.console.feed;

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
 */
public record FeedConfig(
        Map<String, Object> client, String prefix, Duration retention, long maxCalls, long maxBytes, Masking masking) {

    public FeedConfig {
        client = Map.copyOf(client);
    }
}
