package io.callweave.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of Callweave: what is in them, and what policy they are created with. Values are JSON, keys text, UTF-8. */
public enum Topic {

    /** telephonySessionId → the notification, byte for byte as received. */
    NOTIFICATIONS(
            "notifications",
            Policy.delete(7)
                    .with(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")
                    .with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Limits.NOTIFICATION_BYTES)),

    /** telephonySessionId → one party event, each once and in sequence order. */
    PARTY_EVENTS("party-events", Policy.delete(7)),

    /** accountId/callId → the call so far; a tombstone when it is finished. */
    LIVE_CALLS(
            "live-calls",
            Policy.compactAndDelete(2)
                    .with(TopicConfig.SEGMENT_BYTES_CONFIG, Limits.SMALL_SEGMENT_BYTES)
                    .with(TopicConfig.SEGMENT_MS_CONFIG, Limits.HOUR_MS)),

    /** accountId/callId → the call record; a further revision whenever it changes. */
    CALLS(
            "calls",
            Policy.compactAndDelete(90)
                    // Every revision can be read for a day at least.
                    .with(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Limits.DAY_MS)),

    /** accountId/telephonySessionId/partyId → one flat row per party of a finished call. */
    PARTY_METRICS("party-metrics", Policy.compactAndDelete(90)),

    /** accountId/scope/scopeId/window/windowStart → figures of the calls that began in the window. */
    WINDOW_METRICS("window-metrics", Policy.compactAndDelete(400)),

    /** The key as received → the original bytes that could not be used; headers say why. */
    DEAD_LETTERS(
            "dead-letters", Policy.delete(30).with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Limits.DEAD_LETTER_BYTES));

    public static final String DEFAULT_PREFIX = "callweave.";

    /** Of {@link #NOTIFICATIONS}, and so of the hop behind it, it cannot be changed in place. */
    public static final int DEFAULT_PARTITIONS = 12;

    private final String suffix;
    private final Policy policy;

    Topic(String suffix, Policy policy) {
        this.suffix = suffix;
        this.policy = policy;
    }

    /** The topic's name on the broker. */
    public String name(String prefix) {
        return prefix + suffix;
    }

    /** The settings that the topic is created with where it is to stay, as Kafka's topic configuration. */
    public Map<String, String> defaultPolicy() {
        return policy.configs();
    }

    private record Policy(Map<String, String> configs) {

        private Policy {
            configs = Map.copyOf(configs);
        }

        static Policy delete(int days) {
            return new Policy(Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                    TopicConfig.RETENTION_MS_CONFIG, Long.toString(days * Limits.DAY_MS),
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(Limits.RECORD_BYTES)));
        }

        static Policy compactAndDelete(int days) {
            return delete(days)
                    .with(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete")
                    // Only closed segments are compacted; Kafka's seven days would keep a quiet topic long.
                    .with(TopicConfig.SEGMENT_MS_CONFIG, Limits.DAY_MS);
        }

        Policy with(String name, long value) {
            return with(name, Long.toString(value));
        }

        Policy with(String name, String value) {
            Map<String, String> changed = new HashMap<>(configs);
            changed.put(name, value);
            return new Policy(changed);
        }
    }

    private static final class Limits {

        static final long HOUR_MS = 3_600_000;
        static final long DAY_MS = 24 * HOUR_MS;

        /** {@code notifications.max-bytes} and room for headers. */
        static final long NOTIFICATION_BYTES = (1 << 20) + (1 << 16);

        /** Records of large calls. */
        static final long RECORD_BYTES = 8 << 20;

        /** Below the 100 MiB that a broker takes in one request by default. */
        static final long DEAD_LETTER_BYTES = 64 << 20;

        static final long SMALL_SEGMENT_BYTES = 16 << 20;

        private Limits() {}
    }
}
