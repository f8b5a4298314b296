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
    static final long NOTIFICATION_BYTES = MIB + (1 << 16);

    /** For records of large calls. */
    private static final long RECORD_BYTES = 8 * MIB;

    /** Below the 100 MiB that a broker takes in one request by default. */
    static final long DEAD_LETTER_BYTES = 64 * MIB;

    /** An entry takes a few hundred bytes. */
    private static final long DIRECTORY_BYTES = MIB;

    private static final long SMALL_SEGMENT_BYTES = 16 * MIB;

    static final long DAY_MS = Duration.ofDays(1).toMillis();

    TopicPolicy {
        configs = Map.copyOf(configs);
    }

    static TopicPolicy delete(int days) {
        return new TopicPolicy(Map.of())
                .with(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)
                .with(TopicConfig.RETENTION_MS_CONFIG, days * DAY_MS)
                .with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, RECORD_BYTES);
    }

    /**
     * Only closed segments are compacted. With Kafka's seven days, a quiet topic would not be compacted for a long
     * time.
     */
    static TopicPolicy compactAndDelete(int days) {
        return delete(days)
                .with(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete")
                .with(TopicConfig.SEGMENT_MS_CONFIG, DAY_MS);
    }

    static TopicPolicy compact() {
        return new TopicPolicy(Map.of())
                .with(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                .with(TopicConfig.SEGMENT_MS_CONFIG, DAY_MS)
                .with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, DIRECTORY_BYTES);
    }

    TopicPolicy inSmallSegments() {
        return with(TopicConfig.SEGMENT_BYTES_CONFIG, SMALL_SEGMENT_BYTES)
                .with(TopicConfig.SEGMENT_MS_CONFIG, Duration.ofHours(1).toMillis());
    }

    TopicPolicy with(String name, long value) {
        return with(name, Long.toString(value));
    }

    TopicPolicy with(String name, String value) {
        Map<String, String> changed = new HashMap<>(configs);
        changed.put(name, value);
        return new TopicPolicy(changed);
    }
}
