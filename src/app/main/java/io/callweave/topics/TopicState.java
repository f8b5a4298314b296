package io.callweave.topics;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it exists on the cluster.
 *
 * @param replicas of its first partition
 * @param configs the effective settings, by Kafka's names
 */
public record TopicState(String name, int partitions, int replicas, Map<String, String> configs) {

    public TopicState {
        configs = Map.copyOf(configs);
    }

    /** Empty for a setting that the cluster does not know. */
    public String config(String setting) {
        return configs.getOrDefault(setting, "");
    }

    /** How long records are kept, in short. */
    public String policy() {
        String cleanup = config(TopicConfig.CLEANUP_POLICY_CONFIG);
        // The retention is set even if the topic does not delete by age.
        return cleanup
                + " "
                + inWords(
                        cleanup.equals(TopicConfig.CLEANUP_POLICY_COMPACT)
                                ? ""
                                : config(TopicConfig.RETENTION_MS_CONFIG))
                + (config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals(TopicPlan.LOG_APPEND_TIME)
                        ? ", " + TopicPlan.LOG_APPEND_TIME
                        : "");
    }

    /** Milliseconds in words. */
    static String inWords(String millis) {
        if (millis.isEmpty() || millis.equals("-1")) {
            return "without end";
        }
        Duration duration = Duration.ofMillis(Long.parseLong(millis));
        if (duration.toDays() > 0) {
            return duration.toDays() + " d";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : millis + " ms";
    }

    /** The values of a list, such as {@code cleanup.policy}, in any order. */
    static Set<String> elements(String list) {
        return Set.of(list.replace(" ", "").split(","));
    }
}
