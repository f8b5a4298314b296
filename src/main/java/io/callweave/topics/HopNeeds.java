package io.callweave.topics;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;

/** What the topic between router and stage must have, beside its partitions, also after somebody changed it. */
public final class HopNeeds {

    private static final String WITHOUT_END = "-1";

    private HopNeeds() {}

    /**
     * A setting that loses or delays notifications.
     *
     * @param setting by Kafka's name
     * @param should what it must be
     * @param otherwise what happens if it stays
     */
    public record Lack(String setting, String is, String should, String otherwise) {}

    /** What is wrong with it; settings that the cluster does not tell are right. */
    public static List<Lack> lacks(TopicState hop, TopicPlan plan) {
        List<Lack> lacks = new ArrayList<>();
        String timestamps = hop.config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
        if (!timestamps.isEmpty() && !timestamps.equals(TopicPlan.CREATE_TIME)) {
            lacks.add(new Lack(
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    timestamps,
                    TopicPlan.CREATE_TIME,
                    "notifications lose the time of their receipt"));
        }
        String retention = hop.config(TopicConfig.RETENTION_MS_CONFIG);
        if (!retention.isEmpty() && !retention.equals(WITHOUT_END)) {
            lacks.add(
                    new Lack(
                            TopicConfig.RETENTION_MS_CONFIG,
                            retention,
                            WITHOUT_END,
                            "notifications that are not read in that time are lost; Kafka Streams deletes those that are read"));
        }
        String size = hop.config(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        String needed = plan.policy(Topic.NOTIFICATIONS).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (!size.isEmpty() && needed != null && Long.parseLong(size) < Long.parseLong(needed)) {
            lacks.add(new Lack(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    size,
                    Integer.toString(plan.internalRecordBytes()),
                    "a notification of notifications.max-bytes stops its partition"));
        }
        return lacks;
    }
}
