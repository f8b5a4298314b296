package io.callweave.topics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The topics of Callweave and their content, as key: value. Values are JSON, keys are text, both in UTF-8. */
public enum Topic {
    NOTIFICATIONS("notifications", "telephonySessionId: the notification, byte for byte as received."),

    PARTY_EVENTS("party-events", "telephonySessionId: one party event, each once and in sequence order."),

    LIVE_CALLS("live-calls", "accountId/callId: the call so far; a tombstone when it is finished."),

    CALLS("calls", "accountId/callId: the call record; a further revision whenever it changes."),

    PARTY_METRICS("party-metrics", "accountId/telephonySessionId/partyId: one flat row per party of a finished call."),

    WINDOW_METRICS(
            "window-metrics",
            "accountId/scope/scopeId/window/windowStart: figures of the calls that began in the window."),

    DIRECTORY("directory", "accountId/extensionId: what people call the extension, and where it belongs; an input."),

    FEED_GAPS("feed-gaps", "accountId/start: a time in which notifications of the account may be missing."),

    DELIVER_SUBSCRIPTIONS("deliver-subscriptions", "subscription id: who gets which webhooks; secrets are encrypted."),

    DELIVER_REQUESTS(
            "deliver-requests", "accountId/callId: what the deliverer is asked to post, once more or as a test."),

    DELIVER_DEAD_LETTERS(
            "deliver-dead-letters", "accountId/callId: what could not be delivered to an endpoint; headers say why."),

    DEAD_LETTERS("dead-letters", "The key as received: the original bytes that could not be used; headers say why.");

    public static final String DEFAULT_PREFIX = "callweave.";

    /**
     * Leaves room for growth: the partitions of {@link #NOTIFICATIONS}, and so of the hop after it, cannot be changed
     * later.
     */
    public static final int DEFAULT_PARTITIONS = 12;

    /** Without these, calls can be assembled. */
    public static final Set<Topic> OPTIONAL = Set.of(DIRECTORY, FEED_GAPS);

    private final String suffix;
    private final String meaning;

    Topic(String suffix, String meaning) {
        this.suffix = suffix;
        this.meaning = meaning;
    }

    /** Key: value, in words. */
    public String meaning() {
        return meaning;
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
        return OPTIONAL.contains(this) || isOfDeliverer();
    }

    /** Those of the bridge and of the topology. */
    public static List<Topic> ofAssembly() {
        return Arrays.stream(values()).filter(topic -> !topic.isOfDeliverer()).toList();
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
        return TopicPolicy.of(this).configs();
    }
}
