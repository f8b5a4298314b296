package io.callweave.deliver.activity;

import io.callweave.meter.Meter;

/** The metrics of the deliverer: name, tags and meaning of each. */
public enum DeliverMetric implements Meter.Described {
    POSTS(Meter.counter(
            "callweave.deliver.posts",
            "Attempts that ended: delivered, failed or gone. Subscription other: beyond the first 200.",
            DeliverMetric.SUBSCRIPTION,
            DeliverMetric.OUTCOME)),
    POST_TIME(Meter.timer(
            "callweave.deliver.post.time", "From the start of an attempt to its end.", DeliverMetric.SUBSCRIPTION)),
    WAITING(Meter.gauge(
            "callweave.deliver.waiting", "Deliveries that wait in this instance.", DeliverMetric.SUBSCRIPTION)),
    SUSPENDED(Meter.gauge(
            "callweave.deliver.suspended", "1 while the subscription is suspended.", DeliverMetric.SUBSCRIPTION)),
    UNDELIVERED(Meter.counter("callweave.deliver.undelivered", "Deliveries that were given up.", DeliverMetric.REASON)),
    UNREADABLE(Meter.counter("callweave.deliver.unreadable", "Records of topics that could not be read."));

    static final String SUBSCRIPTION = "subscription";
    static final String OUTCOME = "outcome";
    static final String REASON = "reason";

    private final Meter meter;

    DeliverMetric(Meter meter) {
        this.meter = meter;
    }

    @Override
    public Meter meter() {
        return meter;
    }
}
