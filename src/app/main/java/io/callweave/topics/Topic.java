package io.callweave.topics;

import static io.callweave.topics.TopicPolicy.compact;
import static io.callweave.topics.TopicPolicy.compactAndDelete;
import static io.callweave.topics.TopicPolicy.delete;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.schema.Schemas;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of Callweave, and how long they keep what. Values are JSON, keys are text, both in UTF-8; {@link Schemas} describes
 * them. The commands of topics, AsyncAPI and the tables of docs/topics.md follow from this.
 */
public enum Topic {
    NOTIFICATIONS(
            "notifications",
            delete(7)
                    .with(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TopicPlan.LOG_APPEND_TIME)
                    .with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, TopicPolicy.NOTIFICATION_BYTES)),

    PARTY_EVENTS("party-events", delete(7)),

    LIVE_CALLS("live-calls", compactAndDelete(2).inSmallSegments()),

    /** Every revision can be read for at least a day. */
    CALLS("calls", compactAndDelete(90).with(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, TopicPolicy.DAY_MS)),

    PARTY_METRICS("party-metrics", compactAndDelete(90)),

    WINDOW_METRICS("window-metrics", compactAndDelete(400)),

    ARTIFACTS("artifacts", compactAndDelete(90)),

    /** Every extension stays until it is deleted. */
    DIRECTORY("directory", compact(), "extensions have no names and departments no windows"),

    FEED_GAPS(
            "feed-gaps",
            compactAndDelete(90),
            "a bridge that connects accounts takes Kafka for away, and calls do not say that they overlap a gap"),

    AUDITS("audits", compactAndDelete(90)),

    DELIVER_SUBSCRIPTIONS("deliver-subscriptions", compact()),

    DELIVER_REQUESTS("deliver-requests", delete(7)),

    DELIVER_DEAD_LETTERS("deliver-dead-letters", delete(30)),

    DEAD_LETTERS("dead-letters", delete(30).with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, TopicPolicy.DEAD_LETTER_BYTES));

    public static final String DEFAULT_PREFIX = "callweave.";

    /**
     * Leaves room for growth: the partitions of the hop after {@link #NOTIFICATIONS}, which are the homes of accounts, cannot
     * be changed later.
     */
    public static final int DEFAULT_PARTITIONS = 12;

    /** Without these, calls can be assembled. */
    public static final Set<Topic> OPTIONAL =
            Arrays.stream(values()).filter(topic -> !topic.withoutIt.isEmpty()).collect(Collectors.toUnmodifiableSet());

    private final String suffix;
    private final TopicPolicy policy;
    private final String withoutIt;

    Topic(String suffix, TopicPolicy policy) {
        this(suffix, policy, "");
    }

    Topic(String suffix, TopicPolicy policy, String withoutIt) {
        this.suffix = suffix;
        this.policy = policy;
        this.withoutIt = withoutIt;
    }

    /** What happens if an optional one is missing; empty for others. */
    public String withoutIt() {
        return withoutIt;
    }

    /** Key: value, in a sentence of its schema. */
    public String meaning() {
        ObjectNode schema = Schemas.ofValue(suffix);
        String usualKey = schema.path("x-key").asText().split(";", 2)[0];
        String text = schema.path("description").asText();
        int end = text.indexOf(". ");
        return usualKey + ": " + (end < 0 ? text : text.substring(0, end + 1));
    }

    /** The name without the prefix. */
    public String suffix() {
        return suffix;
    }

    /** Whether it is a table: the last value of each key counts, and an envelope can describe its columns. */
    public boolean isTable() {
        return this == CALLS || this == PARTY_METRICS || this == WINDOW_METRICS;
    }

    /** Whether calls can be assembled without it. */
    public boolean isOptional() {
        return OPTIONAL.contains(this) || isOfDeliverer() || this == AUDITS;
    }

    /** Those that calls are made with. */
    public static List<Topic> ofAssembly() {
        return Arrays.stream(values())
                .filter(topic -> !topic.isOfDeliverer() && topic != AUDITS)
                .toList();
    }

    /** Whether only the deliverer uses it. */
    public boolean isOfDeliverer() {
        return this == DELIVER_SUBSCRIPTIONS || this == DELIVER_REQUESTS || this == DELIVER_DEAD_LETTERS;
    }

    /** The topic's name on the broker. */
    public String name(String prefix) {
        return prefix + suffix;
    }

    /** The settings for creating the topic permanently, by Kafka's names for them. */
    public Map<String, String> defaultPolicy() {
        return policy.configs();
    }
}
