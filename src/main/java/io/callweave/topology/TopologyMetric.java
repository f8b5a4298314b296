package io.callweave.topology;

import java.util.List;

/** What the topology tells of itself: every metric with its name, its tags and its meaning. */
public enum TopologyMetric {
    READ("callweave.notifications.read", Type.COUNTER, "Notifications read, whatever became of them."),
    SKIPPED(
            "callweave.notifications.skipped",
            Type.COUNTER,
            "Notifications of another event type, left out.",
            TopologyMetric.KIND),
    REJECTED(
            "callweave.notifications.rejected",
            Type.COUNTER,
            "Notifications put on dead-letters, wholly or for some of their parties.",
            TopologyMetric.REASON),
    ACCEPTED("callweave.party.events.accepted", Type.COUNTER, "Party events that were new, or a new body of one."),
    DUPLICATE("callweave.party.events.duplicate", Type.COUNTER, "Party events that came again and changed nothing."),
    LATE("callweave.party.events.late", Type.COUNTER, "Party events that went out after one with a higher sequence."),
    GAP_GIVEN_UP(
            "callweave.sequence.gaps.given.up",
            Type.COUNTER,
            "Missing sequences that were no longer waited for when party events went out."),
    UNKNOWN_STATUS(
            "callweave.statuses.unknown",
            Type.COUNTER,
            "Party events with a status that this version does not know; they are carried as sent."),
    UNKNOWN_REASON(
            "callweave.reasons.unknown",
            Type.COUNTER,
            "Party events with a reason that this version does not know; they are carried as sent."),
    EMITTED(
            "callweave.calls.emitted",
            Type.COUNTER,
            "Records put on calls; revisions have the completion reason revised, and superseded ones superseded.",
            TopologyMetric.STATUS,
            TopologyMetric.COMPLETION_REASON),
    CAPPED(
            "callweave.calls.capped",
            Type.COUNTER,
            "Records put on calls of a call that had more than is kept of it (limits)."),
    EMISSION_LATENCY(
            "callweave.emission.latency",
            Type.TIMER,
            "Wall time from the receipt of the notification that caused a record to its emission, waits included.",
            TopologyMetric.COMPLETION_REASON),
    WINDOW_UPDATED(
            "callweave.windows.updated",
            Type.COUNTER,
            "Records put on window-metrics, tombstones included.",
            TopologyMetric.SCOPE),
    WINDOW_TOO_LATE(
            "callweave.windows.too.late",
            Type.COUNTER,
            "Windows that a call could not be counted in, because they were given up (metrics.retention)."),
    WINDOWS_HELD(
            "callweave.windows.held",
            Type.GAUGE,
            "Changed windows that wait for metrics.emit-interval.",
            TopologyMetric.PARTITION),
    DIRECTORY_ENTRIES("callweave.directory.entries", Type.GAUGE, "Extensions that the directory describes."),
    DIRECTORY_REJECTED(
            "callweave.directory.rejected",
            Type.COUNTER,
            "Records of directory that describe no extension; counted again with every start."),
    THREAD_FAILED("callweave.threads.failed", Type.COUNTER, "Stream threads that failed; most are replaced."),
    LIVE_SESSIONS("callweave.sessions.live", Type.GAUGE, "Sessions of calls that were not emitted yet."),
    LIVE_CALLS("callweave.calls.live", Type.GAUGE, "Calls that were not emitted yet."),
    CLOCK(
            "callweave.clock.seconds",
            Type.GAUGE,
            "The clock of a partition of stage 2, since 1970.",
            TopologyMetric.PARTITION),
    CLOCK_LAG(
            "callweave.clock.lag.seconds",
            Type.GAUGE,
            "How far that clock is behind the wall clock.",
            TopologyMetric.PARTITION);

    static final String KIND = "kind";
    static final String REASON = "reason";
    static final String STATUS = "status";
    static final String COMPLETION_REASON = "completionReason";
    static final String SCOPE = "scope";
    static final String PARTITION = "partition";

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

    TopologyMetric(String meterName, Type type, String meaning, String... tags) {
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
