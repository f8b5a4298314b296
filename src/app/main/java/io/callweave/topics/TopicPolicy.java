package io.callweave.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How long a topic keeps its records, and their largest size.
 *
 * @param configs by Kafka's names
 */
record TopicPolicy(Map<String, String> configs) {

    private static final long MIB = 1 << 20;

    /** {@code notifications.max-bytes} and room for key and headers. */
    private static final long NOTIFICATION_BYTES = MIB + (1 << 16);

    /** For records of large calls. */
    private static final long RECORD_BYTES = 8 * MIB;

    /** Below the 100 MiB that a broker takes in one request by default. */
    private static final long DEAD_LETTER_BYTES = 64 * MIB;

    /** An entry takes a few hundred bytes. */
    private static final long DIRECTORY_BYTES = MIB;

    private static final long SMALL_SEGMENT_BYTES = 16 * MIB;

    TopicPolicy {
        configs = Map.copyOf(configs);
    }

    static TopicPolicy of(Topic topic) {
        return switch (topic) {
            case NOTIFICATIONS ->
                delete(7)
                        .with(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")
                        .with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, NOTIFICATION_BYTES);
            case PARTY_EVENTS -> delete(7);
            case LIVE_CALLS ->
                compactAndDelete(2)
                        .with(TopicConfig.SEGMENT_BYTES_CONFIG, SMALL_SEGMENT_BYTES)
                        .with(TopicConfig.SEGMENT_MS_CONFIG, Duration.ofHours(1).toMillis());
            // Every revision can be read for at least a day.
            case CALLS ->
                compactAndDelete(90)
                        .with(
                                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                                Duration.ofDays(1).toMillis());
            case PARTY_METRICS -> compactAndDelete(90);
            case WINDOW_METRICS -> compactAndDelete(400);
            case FEED_GAPS -> compactAndDelete(90);
            // Every extension stays until it is deleted.
            case DIRECTORY, DELIVER_SUBSCRIPTIONS -> compact();
            case DELIVER_REQUESTS -> delete(7);
            case DELIVER_DEAD_LETTERS -> delete(30);
            case DEAD_LETTERS -> delete(30).with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, DEAD_LETTER_BYTES);
        };
    }

    private static TopicPolicy delete(int days) {
        return new TopicPolicy(Map.of())
                .with(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)
                .with(TopicConfig.RETENTION_MS_CONFIG, Duration.ofDays(days).toMillis())
                .with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, RECORD_BYTES);
    }

    /**
     * Only closed segments are compacted. With Kafka's seven days, a quiet topic would not be compacted for a long
     * time.
     */
    private static TopicPolicy compactAndDelete(int days) {
        return delete(days)
                .with(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete")
                .with(TopicConfig.SEGMENT_MS_CONFIG, Duration.ofDays(1).toMillis());
    }

    private static TopicPolicy compact() {
        return new TopicPolicy(Map.of())
                .with(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                .with(TopicConfig.SEGMENT_MS_CONFIG, Duration.ofDays(1).toMillis())
                .with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, DIRECTORY_BYTES);
    }

    private TopicPolicy with(String name, long value) {
        return with(name, Long.toString(value));
    }

    private TopicPolicy with(String name, String value) {
        Map<String, String> changed = new HashMap<>(configs);
        changed.put(name, value);
        return new TopicPolicy(changed);
    }
}
