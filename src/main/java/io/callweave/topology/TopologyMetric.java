package io.callweave.topology;

import io.callweave.meter.Meter;

/** What the topology tells of itself: every metric with its name, its tags and its meaning. */
public enum TopologyMetric implements Meter.Described {
    READ(Meter.counter("callweave.notifications.read", "Notifications read, whatever became of them.")),
    SKIPPED(Meter.counter(
            "callweave.notifications.skipped", "Notifications of another event type, left out.", TopologyMetric.KIND)),
    REJECTED(Meter.counter(
            "callweave.notifications.rejected",
            "Notifications put on dead-letters, wholly or for some of their parties.",
            TopologyMetric.REASON)),
    ACCEPTED(Meter.counter("callweave.party.events.accepted", "Party events that were new, or a new body of one.")),
    DUPLICATE(Meter.counter("callweave.party.events.duplicate", "Party events that came again and changed nothing.")),
    LATE(Meter.counter("callweave.party.events.late", "Party events that went out after one with a higher sequence.")),
    GAP_GIVEN_UP(Meter.counter(
            "callweave.sequence.gaps.given.up",
            "Missing sequences that were no longer waited for when party events went out.")),
    UNKNOWN_STATUS(Meter.counter(
            "callweave.statuses.unknown",
            "Party events with a status that this version does not know; they are carried as sent.")),
    UNKNOWN_REASON(Meter.counter(
            "callweave.reasons.unknown",
            "Party events with a reason that this version does not know; they are carried as sent.")),
    EMITTED(Meter.counter(
            "callweave.calls.emitted",
            "Records put on calls; revisions have the completion reason revised, and superseded ones superseded.",
            TopologyMetric.STATUS,
            TopologyMetric.COMPLETION_REASON)),
    CAPPED(Meter.counter(
            "callweave.calls.capped", "Records put on calls of a call that had more than is kept of it (limits).")),
    EMISSION_LATENCY(Meter.timer(
            "callweave.emission.latency",
            "Wall time from the receipt of the notification that caused a record to its emission, waits included.",
            TopologyMetric.COMPLETION_REASON)),
    WINDOW_UPDATED(Meter.counter(
            "callweave.windows.updated", "Records put on window-metrics, tombstones included.", TopologyMetric.SCOPE)),
    WINDOW_TOO_LATE(Meter.counter(
            "callweave.windows.too.late",
            "Windows that a call could not be counted in, because they were given up (metrics.retention).")),
    WINDOWS_HELD(Meter.gauge(
            "callweave.windows.held",
            "Changed windows that wait for metrics.emit-interval.",
            TopologyMetric.PARTITION)),
    DIRECTORY_ENTRIES(Meter.gauge("callweave.directory.entries", "Extensions that the directory describes.")),
    DIRECTORY_REJECTED(Meter.counter(
            "callweave.directory.rejected",
            "Records of directory that describe no extension; counted again with every start.")),
    THREAD_FAILED(Meter.counter("callweave.threads.failed", "Stream threads that failed; most are replaced.")),
    LIVE_SESSIONS(Meter.gauge("callweave.sessions.live", "Sessions of calls that were not emitted yet.")),
    LIVE_CALLS(Meter.gauge("callweave.calls.live", "Calls that were not emitted yet.")),
    CLOCK(Meter.gauge(
            "callweave.clock.seconds", "The clock of a partition of stage 2, since 1970.", TopologyMetric.PARTITION)),
    CLOCK_LAG(Meter.gauge(
            "callweave.clock.lag.seconds", "How far that clock is behind the wall clock.", TopologyMetric.PARTITION));

    static final String KIND = "kind";
    static final String REASON = "reason";
    static final String STATUS = "status";
    static final String COMPLETION_REASON = "completionReason";
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
