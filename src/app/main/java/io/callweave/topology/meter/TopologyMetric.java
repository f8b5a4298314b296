package io.callweave.topology.meter;

import io.callweave.meter.Meter;

/** What the topology tells of itself: every metric with its name, its tags and its meaning. */
public enum TopologyMetric implements Meter.Described {
    READ(Meter.counter("callweave.notifications.read", "Notifications read.")),
    SKIPPED(Meter.counter(
            "callweave.notifications.skipped", "Notifications of another event type.", TopologyMetric.KIND)),
    REJECTED(Meter.counter(
            "callweave.notifications.rejected", "Notifications put on dead-letters.", TopologyMetric.REASON)),
    ACCEPTED(Meter.counter("callweave.party.events.accepted", "New party events.")),
    DUPLICATE(Meter.counter("callweave.party.events.duplicate", "Duplicate party events.")),
    LATE(Meter.counter("callweave.party.events.late", "Party events emitted after a later one.")),
    GAP_GIVEN_UP(Meter.counter("callweave.sequence.gaps.given.up", "Missing sequences given up.")),
    UNKNOWN_STATUS(Meter.counter("callweave.statuses.unknown", "Party events with an unknown status.")),
    UNKNOWN_REASON(Meter.counter("callweave.reasons.unknown", "Party events with an unknown reason.")),
    UNKNOWN_FIELD(Meter.counter("callweave.fields.unknown", "Unknown fields of party events.")),
    UNKNOWN_VALUES(Meter.gauge(
            "callweave.values.unknown",
            "Different unknown values since the start, up to 20 of each; the log names them.",
            TopologyMetric.KIND)),
    EMITTED(Meter.counter(
            "callweave.calls.emitted",
            "Records put on calls.",
            TopologyMetric.STATUS,
            TopologyMetric.COMPLETION_REASON)),
    CAPPED(Meter.counter("callweave.calls.capped", "Records of capped calls put on calls.")),
    FEED_GAP(Meter.counter("callweave.calls.feed.gap", "Records put on calls with the header feedGap.")),
    EMISSION_LATENCY(Meter.timer(
            "callweave.emission.latency",
            "From the receipt that caused a record to its emission, with waits.",
            TopologyMetric.COMPLETION_REASON)),
    WINDOW_UPDATED(Meter.counter("callweave.windows.updated", "Records put on window-metrics.", TopologyMetric.SCOPE)),
    WINDOW_TOO_LATE(
            Meter.counter("callweave.windows.too.late", "Windows that did not count a call that was too late.")),
    WINDOWS_HELD(Meter.gauge(
            "callweave.windows.held",
            "Changed windows that wait for metrics.emit-interval.",
            TopologyMetric.PARTITION)),
    DIRECTORY_ENTRIES(Meter.gauge("callweave.directory.entries", "Extensions in the directory.")),
    DIRECTORY_REJECTED(
            Meter.counter("callweave.directory.rejected", "Records of directory that describe no extension.")),
    FEED_GAP_REJECTED(Meter.counter("callweave.feed.gaps.rejected", "Records of feed-gaps that describe no gap.")),
    THREAD_FAILED(Meter.counter("callweave.threads.failed", "Stream threads that failed.")),
    RECORDS_REPEATED(Meter.counter("callweave.records.repeated", "Third and later attempts at an uncommitted record.")),
    STANDSTILL(Meter.gauge(
            "callweave.standstill.seconds", "Time for which a partition has committed nothing although records wait.")),
    BROKER_SILENCE(Meter.gauge("callweave.broker.silence.seconds", "Time since a broker last answered.")),
    TASKS(Meter.gauge("callweave.tasks", "Tasks of this instance.", TopologyMetric.SUBTOPOLOGY, TopologyMetric.ROLE)),
    LIVE_SESSIONS(Meter.gauge("callweave.sessions.live", "Sessions of live calls.")),
    LIVE_CALLS(Meter.gauge("callweave.calls.live", "Live calls.")),
    ACCOUNT_RATE(Meter.gauge(
            "callweave.account.notifications.per.second",
            "Notifications per second of the largest accounts in the last ten seconds; none if idle.",
            TopologyMetric.ACCOUNT)),
    ACCOUNT_LAG(Meter.gauge(
            "callweave.account.lag.seconds",
            "Longest time from receipt to the end of the stage, of the same accounts.",
            TopologyMetric.ACCOUNT)),
    ACCOUNT_SHARE(Meter.gauge(
            "callweave.account.core.share",
            "Share of a thread's time spent on an account's notifications: the largest, and up to 9 more above 0.01.",
            TopologyMetric.ACCOUNT)),
    CLOCK(Meter.gauge("callweave.clock.seconds", "Clock of a home partition.", TopologyMetric.PARTITION)),
    CLOCK_LAG(Meter.gauge(
            "callweave.clock.lag.seconds",
            "Its lag; NaN until every partition has reported.",
            TopologyMetric.PARTITION));

    static final String ACCOUNT = "account";
    static final String SUBTOPOLOGY = "subtopology";
    static final String ROLE = "role";
    static final String KIND = "kind";
    static final String REASON = "reason";
    static final String STATUS = "status";
    static final String COMPLETION_REASON = "completion_reason";
    static final String SCOPE = "scope";
    static final String PARTITION = "partition";

    private final Meter meter;

    TopologyMetric(Meter meter) {
        this.meter = meter;
    }

    @Override
    public Meter meter() {
        return meter;
    }
}
