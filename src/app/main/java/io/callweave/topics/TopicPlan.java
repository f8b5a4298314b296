package io.callweave.topics;

import io.callweave.call.CallLimits;
import io.callweave.checks.Check;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.value.OutputSwitch;
import io.callweave.settings.value.TimestampType;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of one installation: their default policies, with the changes of its settings.
 *
 * @param prefix of every name
 * @param retentions how long records are kept, for each topic that differs from its default; negative means unlimited
 * @param logAppendTime whether notifications have the broker's time; else they have the recorded one
 * @param maxNotificationBytes the largest notification, for topics that carry notifications, whole or in parts
 * @param off the outputs that are not written, and so neither created nor demanded
 */
public record TopicPlan(
        String prefix,
        Map<Topic, Duration> retentions,
        boolean logAppendTime,
        long maxNotificationBytes,
        Set<Topic> off) {

    public static final String LOG_APPEND_TIME = "LogAppendTime";
    static final String CREATE_TIME = "CreateTime";

    private static final Map<Topic, Setting<OutputSwitch>> OUTPUTS = Map.of(
            Topic.PARTY_EVENTS, KnownSettings.TOPICS_PARTY_EVENTS,
            Topic.LIVE_CALLS, KnownSettings.TOPICS_LIVE_CALLS,
            Topic.PARTY_METRICS, KnownSettings.TOPICS_PARTY_METRICS);

    /** For key and headers. */
    private static final long ROOM = 1 << 16;

    /** The most that the facts of one event take: the largest number of characters in a call, at three bytes each. */
    private static final long MOST_FACTS = 3 * CallLimits.DEFAULT.callBytes();

    /**
     * Copies the retentions.
     *
     * @throws IllegalArgumentException if a topic deletes nothing by age, or if a limit is below 1
     */
    public TopicPlan {
        retentions = Map.copyOf(retentions);
        off = Set.copyOf(off);
        Check.atLeast("notifications.max-bytes", 1, maxNotificationBytes);
        retentions.keySet().forEach(topic -> {
            if (!topic.defaultPolicy().containsKey(TopicConfig.RETENTION_MS_CONFIG)) {
                throw new IllegalArgumentException(topic + " has no retention");
            }
        });
    }

    public static TopicPlan of(Settings settings) {
        return new TopicPlan(
                settings.get(KnownSettings.TOPICS_PREFIX),
                Map.of(
                        Topic.NOTIFICATIONS, settings.get(KnownSettings.NOTIFICATIONS_RETENTION),
                        Topic.PARTY_EVENTS, settings.get(KnownSettings.PARTY_EVENTS_RETENTION),
                        Topic.CALLS, settings.get(KnownSettings.CALLS_RETENTION),
                        Topic.PARTY_METRICS, settings.get(KnownSettings.PARTY_METRICS_RETENTION),
                        Topic.WINDOW_METRICS, settings.get(KnownSettings.WINDOW_METRICS_RETENTION),
                        Topic.ARTIFACTS, settings.get(KnownSettings.ARTIFACTS_RETENTION),
                        Topic.FEED_GAPS, settings.get(KnownSettings.FEED_GAPS_RETENTION),
                        Topic.DEAD_LETTERS, settings.get(KnownSettings.DEAD_LETTERS_RETENTION)),
                settings.get(KnownSettings.NOTIFICATIONS_TIMESTAMP_TYPE) == TimestampType.LOG_APPEND_TIME,
                settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES),
                off(settings));
    }

    /** The outputs that are not written. */
    public static Set<Topic> off(Settings settings) {
        return OUTPUTS.entrySet().stream()
                .filter(output -> settings.get(output.getValue()) == OutputSwitch.OFF)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Looks whether an output is written.
     *
     * @param reader who needs it, and what for
     * @throws SettingsException if it is off
     */
    public static void need(Settings settings, Topic output, String reader) {
        if (off(settings).contains(output)) {
            throw new SettingsException("topics." + output.suffix() + " must be on for " + reader + ".");
        }
    }

    /** A plan with all topics. */
    public TopicPlan(String prefix, Map<Topic, Duration> retentions, boolean logAppendTime, long maxNotificationBytes) {
        this(prefix, retentions, logAppendTime, maxNotificationBytes, Set.of());
    }

    /** A plan in which only notifications have a retention of their own. */
    public TopicPlan(String prefix, Duration notificationsRetention, boolean logAppendTime, long maxNotificationBytes) {
        this(prefix, Map.of(Topic.NOTIFICATIONS, notificationsRetention), logAppendTime, maxNotificationBytes);
    }

    /** The default policies. */
    public static TopicPlan withPrefix(String prefix) {
        return new TopicPlan(prefix, Map.of(), true, 1 << 20);
    }

    /** The same plan with another prefix and another time of notifications. */
    public TopicPlan under(String newPrefix, Duration notificationsRetention, boolean newLogAppendTime) {
        Map<Topic, Duration> changed = new EnumMap<>(Topic.class);
        changed.putAll(retentions);
        changed.put(Topic.NOTIFICATIONS, notificationsRetention);
        return new TopicPlan(newPrefix, changed, newLogAppendTime, maxNotificationBytes, off);
    }

    /** The topics that are used, in their usual order. */
    public List<Topic> topics() {
        return Arrays.stream(Topic.values())
                .filter(topic -> !off.contains(topic))
                .toList();
    }

    public String name(Topic topic) {
        return topic.name(prefix);
    }

    /** The settings for creating the topic, by Kafka's names. */
    public Map<String, String> policy(Topic topic) {
        Map<String, String> policy = new HashMap<>(topic.defaultPolicy());
        Duration retention = retentions.get(topic);
        if (retention != null) {
            policy.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        }
        if (topic == Topic.NOTIFICATIONS) {
            policy.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, logAppendTime ? LOG_APPEND_TIME : CREATE_TIME);
        }
        policy.merge(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Long.toString(maxNotificationBytes + ROOM),
                (standing, needed) -> Long.toString(Math.max(Long.parseLong(standing), Long.parseLong(needed))));
        return policy;
    }

    /** The largest record that any topic accepts. A producer with a lower limit would stop the topology permanently. */
    public int largestRecordBytes() {
        int largest =
                Arrays.stream(Topic.values()).mapToInt(this::recordBytes).max().orElseThrow();
        return Math.max(largest, internalRecordBytes());
    }

    /**
     * The largest record that the repartition topic and the changelogs accept. A routed notification takes a little
     * more than in {@code notifications}. A changelog holds what goes to the topics, and the events that wait for a
     * gap: as received, and again as read.
     */
    public int internalRecordBytes() {
        long held = maxNotificationBytes + Math.min(maxNotificationBytes, MOST_FACTS) + 2 * ROOM;
        return Math.toIntExact(Math.max(recordBytes(Topic.CALLS), held));
    }

    private int recordBytes(Topic topic) {
        return Integer.parseInt(policy(topic).getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0"));
    }
}
