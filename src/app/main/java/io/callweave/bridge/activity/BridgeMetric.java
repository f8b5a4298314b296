package io.callweave.bridge.activity;

import io.callweave.meter.Meter;

/** What the bridge tells of itself: every metric with its name, its tags and its meaning. */
public enum BridgeMetric implements Meter.Described {
    REQUESTS(Meter.counter(
            "callweave.bridge.requests",
            "Answered requests. Account none: unknown path; other: beyond the first 200 accounts.",
            BridgeMetric.ACCOUNT,
            BridgeMetric.ANSWER)),
    DISCONNECTED(Meter.counter("callweave.bridge.disconnected", "Requests that the sender left.")),
    SKIPPED(Meter.counter("callweave.bridge.skipped", "Notifications of another event type.", BridgeMetric.KIND)),
    DEAD_LETTERED(Meter.counter(
            "callweave.bridge.dead.lettered",
            "Notifications without a key, put on dead-letters.",
            BridgeMetric.REASON)),
    ANSWER_TIME(Meter.timer("callweave.bridge.answer.time", "From the end of a request's head to its answer.")),
    LAG(Meter.timer("callweave.bridge.delivery.lag", "From RingCentral's timestamp to the receipt.")),
    LAST_AGE(Meter.gauge(
            "callweave.bridge.last.notification.age.seconds",
            "Since its last notification, or the start.",
            BridgeMetric.ACCOUNT)),
    SILENT(Meter.gauge("callweave.bridge.silent", "1 while it is silent.", BridgeMetric.ACCOUNT)),
    CONNECTION_PROBLEM(Meter.gauge(
            "callweave.bridge.connection.problem",
            "1 while the account's WebSocket or subscription has a problem, else 0.",
            BridgeMetric.ACCOUNT)),
    SUBSCRIPTION_EXPIRES(Meter.gauge(
            "callweave.bridge.subscription.expires.seconds",
            "Until the account's webhook subscription expires; NaN if it does not, or is not known.",
            BridgeMetric.ACCOUNT)),
    FEED_GAPS(Meter.counter(
            "callweave.bridge.feed.gaps", "Times in which notifications may be missing.", BridgeMetric.REASON)),
    CONNECTIONS(Meter.gauge("callweave.bridge.connections", "Open connections.")),
    STALLED(Meter.counter("callweave.bridge.connections.stalled", "Connections closed because they were incomplete.")),
    RELOAD_FAILED(Meter.counter(
            "callweave.bridge.reload.failed", "Wrong changes of accounts or certificate.", BridgeMetric.WHAT));

    static final String ACCOUNT = "account";
    static final String ANSWER = "answer";
    static final String KIND = "kind";
    static final String REASON = "reason";
    static final String WHAT = "what";

    private final Meter meter;

    BridgeMetric(Meter meter) {
        this.meter = meter;
    }

    @Override
    public Meter meter() {
        return meter;
    }
}
