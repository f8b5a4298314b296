package io.callweave.topology;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics as one installation wants them: their default policies, and what its settings change in these.
 *
 * @param prefix in front of every name
 * @param notificationsRetention how long notifications are kept
 * @param logAppendTime whether notifications carry the broker's time; else they carry the recorded one
 * @param maxNotificationBytes topics that carry notifications, whole or in parts, take them up to this size
 */
public record TopicPlan(
        String prefix, Duration notificationsRetention, boolean logAppendTime, long maxNotificationBytes) {

    public static final String LOG_APPEND_TIME = "LogAppendTime";
    static final String CREATE_TIME = "CreateTime";

    /** For key and headers. */
    private static final long ROOM = 1 << 16;

    /** The default policies as they are. */
    public static TopicPlan withPrefix(String prefix) {
        return new TopicPlan(prefix, Duration.ofDays(7), true, 1 << 20);
    }

    public String name(Topic topic) {
        return topic.name(prefix);
    }

    /** What the topic is created with, by Kafka's names. */
    public Map<String, String> policy(Topic topic) {
        Map<String, String> policy = new HashMap<>(topic.defaultPolicy());
        if (topic == Topic.NOTIFICATIONS) {
            policy.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(notificationsRetention.toMillis()));
            policy.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, logAppendTime ? LOG_APPEND_TIME : CREATE_TIME);
        }
        policy.merge(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Long.toString(maxNotificationBytes + ROOM),
                (standing, needed) -> Long.toString(Math.max(Long.parseLong(standing), Long.parseLong(needed))));
        return policy;
    }

    /** The largest record that any of the topics takes; a producer that sends less would stop the topology for good. */
    public int largestRecordBytes() {
        return Arrays.stream(Topic.values()).mapToInt(this::recordBytes).max().orElseThrow();
    }

    /** The largest record between the stages and in the stores' changelogs, which hold what goes to the topics. */
    public int internalRecordBytes() {
        return recordBytes(Topic.CALLS);
    }

    private int recordBytes(Topic topic) {
        return Integer.parseInt(policy(topic).getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0"));
    }
}
