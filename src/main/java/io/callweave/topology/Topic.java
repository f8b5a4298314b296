package io.callweave.topology;

import java.util.Map;

/** The topics of Callweave, and what is in them: key: value. Values are JSON, keys text, both UTF-8. */
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

    DEAD_LETTERS("dead-letters", "The key as received: the original bytes that could not be used; headers say why.");

    public static final String DEFAULT_PREFIX = "callweave.";

    /** Room for growth: that of {@link #NOTIFICATIONS}, and so of the hop behind it, cannot be changed in place. */
    public static final int DEFAULT_PARTITIONS = 12;

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

    /** Whether it is a table: of each key the last value holds, and an envelope can say what its columns are. */
    public boolean isTable() {
        return this == CALLS || this == PARTY_METRICS || this == WINDOW_METRICS;
    }

    /** Whether calls are put together without it as well. */
    public boolean isOptional() {
        return this == DIRECTORY;
    }

    /** The topic's name on the broker. */
    public String name(String prefix) {
        return prefix + suffix;
    }

    /** The settings that the topic is created with where it is to stay, by Kafka's names for them. */
    public Map<String, String> defaultPolicy() {
        return TopicPolicy.of(this).configs();
    }
}
