package io.callweave.topics;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;

/** What the topic between router and stage must have, beside its partitions, also after somebody changed it. */
public final class HopNeeds {

    private static final String WITHOUT_END = "-1";
    private static final String READ_ARE_DELETED = "; Kafka Streams deletes those that are read";

    /** What must be as it says. The limit of records may be higher. */
    private static final List<Need> NEEDS = List.of(
            new Need(
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    TopicPlan.CREATE_TIME,
                    "notifications lose the time of their receipt"),
            new Need(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE,
                    "all but the last notification of a session are lost if they are not read in time"),
            new Need(
                    TopicConfig.RETENTION_MS_CONFIG,
                    WITHOUT_END,
                    "notifications that are not read in that time are lost" + READ_ARE_DELETED),
            new Need(
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    WITHOUT_END,
                    "notifications are lost when more wait to be read" + READ_ARE_DELETED));

    private HopNeeds() {}

    private record Need(String setting, String should, String otherwise) {}

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
        for (Need need : NEEDS) {
            String is = hop.config(need.setting());
            if (!is.isEmpty() && !is.equals(need.should())) {
                lacks.add(new Lack(need.setting(), is, need.should(), need.otherwise()));
            }
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
