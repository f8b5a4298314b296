package io.callweave.bridge.webhook;

import java.util.List;

/** What the bridge tells of itself: every metric with its name, its tags and its meaning. */
public enum BridgeMetric {
    REQUESTS(
            "callweave.bridge.requests",
            Type.COUNTER,
            "Requests answered; account none: at a path that is no account's, account other: beyond the first 200.",
            BridgeMetric.ACCOUNT,
            BridgeMetric.ANSWER),
    DISCONNECTED(
            "callweave.bridge.disconnected",
            Type.COUNTER,
            "Requests whose sender left, or sent nothing any more, before there was an answer."),
    SKIPPED("callweave.bridge.skipped", Type.COUNTER, "Deliveries of another event type, left out.", BridgeMetric.KIND),
    DEAD_LETTERED(
            "callweave.bridge.dead.lettered",
            Type.COUNTER,
            "Deliveries without a key, put on dead-letters.",
            BridgeMetric.REASON),
    ANSWER_TIME("callweave.bridge.answer.time", Type.TIMER, "From the end of a request's head to its answer."),
    LAG(
            "callweave.bridge.delivery.lag",
            Type.TIMER,
            "From RingCentral's timestamp to the receipt; below zero counts as zero."),
    LAST_AGE(
            "callweave.bridge.last.notification.age.seconds",
            Type.GAUGE,
            "Since the last notification of the account, or the start.",
            BridgeMetric.ACCOUNT),
    SILENT(
            "callweave.bridge.silent",
            Type.GAUGE,
            "1 while the account is silent for longer than usual at this hour, else 0.",
            BridgeMetric.ACCOUNT),
    CONNECTIONS("callweave.bridge.connections", Type.GAUGE, "Open connections."),
    STALLED(
            "callweave.bridge.connections.stalled",
            Type.COUNTER,
            "Connections closed for sending no whole request in time."),
    RELOAD_FAILED(
            "callweave.bridge.reload.failed",
            Type.COUNTER,
            "Changed files that were wrong, so that what was before stays in force.",
            BridgeMetric.WHAT);

    static final String ACCOUNT = "account";
    static final String ANSWER = "answer";
    static final String KIND = "kind";
    static final String REASON = "reason";
    static final String WHAT = "what";

    /** What kind of number it is. */
    public enum Type {
        COUNTER,
        GAUGE,
        TIMER
    }

    private final String meterName;
    private final Type type;
    private final String meaning;
    private final List<String> tags;

    BridgeMetric(String meterName, Type type, String meaning, String... tags) {
        this.meterName = meterName;
        this.type = type;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    public String meterName() {
        return meterName;
    }

    public Type type() {
        return type;
    }

    public String meaning() {
        return meaning;
    }

    public List<String> tags() {
        return tags;
    }
}
