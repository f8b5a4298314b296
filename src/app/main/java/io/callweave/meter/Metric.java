package io.callweave.meter;

import static io.callweave.meter.Metric.Type.COUNTER;
import static io.callweave.meter.Metric.Type.GAUGE;
import static io.callweave.meter.Metric.Type.TIMER;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Every metric of the product: its name with the unit, a sentence, and its labels. Registration and the tables of the
 * documentation are made from it, and the queries of alarms and dashboards are checked against it.
 */
public enum Metric {
    // The topology.
    READ(COUNTER, "callweave.notifications.read", "Notifications read."),
    SKIPPED(COUNTER, "callweave.notifications.skipped", "Notifications of another event type.", "kind"),
    REJECTED(COUNTER, "callweave.notifications.rejected", "Notifications put on dead-letters.", "reason"),
    ACCEPTED(COUNTER, "callweave.party.events.accepted", "New party events."),
    DUPLICATE(COUNTER, "callweave.party.events.duplicate", "Duplicate party events."),
    LATE(COUNTER, "callweave.party.events.late", "Party events emitted after a later one."),
    GAP_GIVEN_UP(COUNTER, "callweave.sequence.gaps.given.up", "Missing sequences given up."),
    LATER_FACTS(
            COUNTER,
            "callweave.later.facts",
            "Recordings, voicemail and AI insights received. waits: no call is known that they certainly belong to.",
            "kind",
            "fate"),
    UNKNOWN_STATUS(COUNTER, "callweave.statuses.unknown", "Party events with an unknown status."),
    UNKNOWN_REASON(COUNTER, "callweave.reasons.unknown", "Party events with an unknown reason."),
    UNKNOWN_FIELD(COUNTER, "callweave.fields.unknown", "Unknown fields of party events."),
    UNKNOWN_VALUES(
            GAUGE,
            "callweave.values.unknown",
            "Different unknown values since the start, up to 20 of each; the log names them.",
            "kind"),
    EMITTED(COUNTER, "callweave.calls.emitted", "Records put on calls.", "status", "completion_reason"),
    CAPPED(COUNTER, "callweave.calls.capped", "Records of capped calls put on calls."),
    FEED_GAP(COUNTER, "callweave.calls.feed.gap", "Records put on calls with the header feedGap."),
    EMISSION_LATENCY(
            TIMER,
            "callweave.emission.latency",
            "From the receipt that caused a record to its emission, with waits.",
            "completion_reason"),
    WINDOW_UPDATED(COUNTER, "callweave.windows.updated", "Records put on window-metrics.", "scope"),
    WINDOW_TOO_LATE(COUNTER, "callweave.windows.too.late", "Windows that did not count a call that was too late."),
    WINDOWS_HELD(GAUGE, "callweave.windows.held", "Changed windows that wait for metrics.emit-interval.", "partition"),
    DIRECTORY_ENTRIES(GAUGE, "callweave.directory.entries", "Extensions in the directory."),
    DIRECTORY_REJECTED(COUNTER, "callweave.directory.rejected", "Records of directory that describe no extension."),
    FEED_GAP_REJECTED(COUNTER, "callweave.feed.gaps.rejected", "Records of feed-gaps that describe no gap."),
    THREAD_FAILED(COUNTER, "callweave.threads.failed", "Stream threads that failed."),
    RECORDS_REPEATED(COUNTER, "callweave.records.repeated", "Third and later attempts at an uncommitted record."),
    STANDSTILL(
            GAUGE,
            "callweave.standstill.seconds",
            "Time for which a partition has committed nothing although records wait."),
    SOURCE_PARTITIONS(GAUGE, "callweave.notifications.partitions", "Partitions of notifications."),
    BROKER_SILENCE(GAUGE, "callweave.broker.silence.seconds", "Time since a broker last answered."),
    TASKS(GAUGE, "callweave.tasks", "Tasks of this instance.", "subtopology", "role"),
    LIVE_SESSIONS(GAUGE, "callweave.sessions.live", "Sessions of live calls."),
    LIVE_CALLS(GAUGE, "callweave.calls.live", "Live calls."),
    ACCOUNT_RATE(
            GAUGE,
            "callweave.account.notifications.per.second",
            "Notifications per second of the largest accounts in the last ten seconds; none if idle.",
            "account"),
    ACCOUNT_LAG(
            GAUGE,
            "callweave.account.lag.seconds",
            "Longest time from receipt to the end of the stage, of the same accounts.",
            "account"),
    ACCOUNT_SHARE(
            GAUGE,
            "callweave.account.core.share",
            "Share of a thread's time spent on an account's notifications: the largest, and up to 9 more above 0.01.",
            "account"),
    PUT_OFF(
            GAUGE,
            "callweave.notifications.put.off",
            "Notifications and times that wait for the turn of their account, which takes more than its share.",
            "partition"),
    CLOCK(GAUGE, "callweave.clock.seconds", "Clock of a home partition.", "partition"),
    CLOCK_LAG(GAUGE, "callweave.clock.lag.seconds", "Its lag; NaN until every partition has reported.", "partition"),

    // The bridge.
    BRIDGE_NOTIFICATIONS(
            COUNTER,
            "callweave.bridge.notifications",
            "Notifications of all transports by outcome, and requests that the webhook answered itself. Account none: unknown path.",
            "account",
            "transport",
            "outcome"),
    BRIDGE_DISCONNECTED(COUNTER, "callweave.bridge.disconnected", "Requests that the sender left."),
    BRIDGE_SKIPPED(COUNTER, "callweave.bridge.skipped", "Notifications of another event type.", "kind"),
    BRIDGE_DEAD_LETTERED(
            COUNTER, "callweave.bridge.dead.lettered", "Notifications without a key, put on dead-letters.", "reason"),
    BRIDGE_ANSWER_TIME(TIMER, "callweave.bridge.answer.time", "From the end of a request's head to its answer."),
    BRIDGE_LAG(TIMER, "callweave.bridge.delivery.lag", "From RingCentral's timestamp to the receipt."),
    BRIDGE_LAST_AGE(
            GAUGE,
            "callweave.bridge.last.notification.age.seconds",
            "Since its last notification, or the start; NaN while another bridge fetches them.",
            "account",
            "transport"),
    BRIDGE_SILENT(
            GAUGE,
            "callweave.bridge.silent",
            "1 while it is silent; NaN while another bridge fetches it.",
            "account",
            "transport"),
    BRIDGE_CONNECTION_PROBLEM(
            GAUGE,
            "callweave.bridge.connection.problem",
            "1 while the account's feed or subscription has a problem; NaN if this bridge does not connect it.",
            "account",
            "transport"),
    BRIDGE_SUBSCRIPTION_EXPIRES(
            GAUGE,
            "callweave.bridge.subscription.expires.seconds",
            "Until the account's subscription expires; NaN if it does not, or is not known.",
            "account",
            "transport"),
    BRIDGE_ACCOUNTS(GAUGE, "callweave.bridge.accounts", "Accounts that are configured.", "transport"),
    BRIDGE_ACCOUNTS_ELSEWHERE(
            GAUGE,
            "callweave.bridge.accounts.elsewhere",
            "Accounts whose notifications a bridge fetches, but not this one.",
            "transport"),
    BRIDGE_ACCOUNTS_SILENT(GAUGE, "callweave.bridge.accounts.silent", "Silent accounts, of all accounts.", "transport"),
    BRIDGE_ACCOUNTS_WITH_PROBLEM(
            GAUGE,
            "callweave.bridge.accounts.with.problem",
            "Accounts with a problem of feed or subscription, of all accounts.",
            "transport"),
    BRIDGE_FEED_GAPS(COUNTER, "callweave.bridge.feed.gaps", "Times in which notifications may be missing.", "reason"),
    BRIDGE_RECORDINGS(COUNTER, "callweave.bridge.recordings", "Requests for recordings of calls.", "outcome"),
    BRIDGE_RECORDINGS_OPEN(GAUGE, "callweave.bridge.recordings.open", "Recordings of calls that are not ready yet."),
    BRIDGE_AGREEMENT(
            GAUGE,
            "callweave.bridge.audit.agreement",
            "Share of the complete, settled sessions of the last comparison with the Call Log that are equal; NaN without one.",
            "account",
            "transport"),
    BRIDGE_CONNECTIONS(GAUGE, "callweave.bridge.connections", "Open connections."),
    BRIDGE_STALLED(
            COUNTER,
            "callweave.bridge.connections.stalled",
            "Connections closed because they took too long, or to make room."),
    BRIDGE_RELOAD_FAILED(
            COUNTER, "callweave.bridge.reload.failed", "Wrong changes of accounts or certificate.", "what"),

    // The spool of the bridge.
    SPOOL_DEPTH(GAUGE, "callweave.bridge.spool.depth", "Records on disk."),
    SPOOL_BYTES(GAUGE, "callweave.bridge.spool.bytes", "Their bytes."),
    SPOOL_CAPACITY(GAUGE, "callweave.bridge.spool.capacity.bytes", "Maximum bytes."),
    SPOOL_AGE(GAUGE, "callweave.bridge.spool.age.seconds", "Age of the oldest record."),
    SPOOL_FULL(GAUGE, "callweave.bridge.spool.full", "1 while there is no room."),
    SPOOL_KAFKA(GAUGE, "callweave.bridge.kafka.answers", "0 while records go to disk."),
    SPOOL_PENDING(GAUGE, "callweave.bridge.pending", "Records that are not yet safe."),
    SPOOL_SPOOLED(COUNTER, "callweave.bridge.spool.spooled", "Records written to disk."),
    SPOOL_DRAINED(COUNTER, "callweave.bridge.spool.drained", "Records from disk that Kafka has."),
    SPOOL_RESENT(COUNTER, "callweave.bridge.spool.resent", "Records sent again, because an acknowledgement was lost."),
    SPOOL_REFUSED(COUNTER, "callweave.bridge.spool.refused", "Records for which there was no room."),
    SPOOL_TORN(COUNTER, "callweave.bridge.spool.torn", "Incomplete ends that were cut at the start."),
    SPOOL_CORRUPT(COUNTER, "callweave.bridge.spool.corrupt", "Places on disk that could not be read."),
    SPOOL_UNDELIVERABLE(COUNTER, "callweave.bridge.spool.undeliverable", "Records that Kafka refuses."),

    // The deliverer.
    DELIVER_POSTS(
            COUNTER,
            "callweave.deliver.posts",
            "Attempts that ended: delivered, failed or gone. Subscription other: beyond the first 200.",
            "subscription",
            "outcome"),
    DELIVER_POST_TIME(TIMER, "callweave.deliver.post.time", "From the start of an attempt to its end.", "subscription"),
    DELIVER_WAITING(
            GAUGE,
            "callweave.deliver.waiting",
            "Webhooks that wait in this instance, and records that can become some. Subscription other: beyond the first 200.",
            "subscription"),
    DELIVER_SUSPENDED(
            GAUGE,
            "callweave.deliver.suspended",
            "1 while it is suspended; other: while one of them is.",
            "subscription"),
    DELIVER_UNDELIVERED(COUNTER, "callweave.deliver.undelivered", "Deliveries that were given up.", "reason"),
    DELIVER_EXCLUDED(COUNTER, "callweave.deliver.excluded", "Webhooks that privacy.exclude left out."),
    DELIVER_UNREADABLE(COUNTER, "callweave.deliver.unreadable", "Records of topics that could not be read."),

    // The console.
    CONSOLE_CLIENTS(GAUGE, "callweave.console.clients", "Pages and programs that listen to changes."),
    CONSOLE_DROPPED(COUNTER, "callweave.console.dropped", "Those that were disconnected because they read too slowly."),
    CONSOLE_EXCLUDED(
            COUNTER, "callweave.console.excluded", "Calls, live calls and figures that privacy.exclude left out."),
    CONSOLE_BEHIND(
            GAUGE,
            "callweave.console.behind.seconds",
            "Age of the newest record that was read while others wait; NaN until the store is filled."),
    CONSOLE_STORE(GAUGE, "callweave.console.store.bytes", "Size of the store.");

    /** What kind of number it is. */
    public enum Type {
        COUNTER,
        GAUGE,
        TIMER
    }

    private final Type type;
    private final String meterName;
    private final String meaning;
    private final List<String> labels;

    /** @param meterName with dots, as Micrometer has it */
    Metric(Type type, String meterName, String meaning, String... labels) {
        this.type = type;
        this.meterName = meterName;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    public Type type() {
        return type;
    }

    public String meterName() {
        return meterName;
    }

    /** Its name in Prometheus, by Micrometer's rule. */
    public String prometheusName() {
        String name = meterName.replace('.', '_');
        return switch (type) {
            case COUNTER -> name + "_total";
            case GAUGE -> name;
            case TIMER -> name + "_seconds";
        };
    }

    public String meaning() {
        return meaning;
    }

    public List<String> labels() {
        return labels;
    }

    /** Labels with these values, in the order of {@link #labels}. */
    public Tags tags(String... values) {
        String[] tags = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            tags[2 * i] = labels.get(i);
            tags[2 * i + 1] = values[i];
        }
        return Tags.of(tags);
    }

    /** Registers it; the same one each time for the same values of its labels. */
    public Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(meterName)
                .description(meaning)
                .tags(tags(values))
                .register(registry);
    }

    /** Registers a counter of what something else counts; it does not keep that alive. */
    public <T> void counted(MeterRegistry registry, T by, ToDoubleFunction<T> count) {
        FunctionCounter.builder(meterName, by, count).description(meaning).register(registry);
    }

    public Gauge gauge(MeterRegistry registry, Supplier<Number> value, String... values) {
        return Gauge.builder(meterName, value)
                .description(meaning)
                .tags(tags(values))
                .register(registry);
    }

    /** Removes the series of these metrics in which a label has this value. */
    public static void forget(MeterRegistry registry, String label, String value, Metric... metrics) {
        for (Metric metric : metrics) {
            registry.find(metric.meterName()).tag(label, value).meters().forEach(registry::remove);
        }
    }

    /** Registers a gauge whose values of labels come and go. */
    public MultiGauge gauges(MeterRegistry registry) {
        return MultiGauge.builder(meterName).description(meaning).register(registry);
    }

    public Timer timer(MeterRegistry registry, Duration[] buckets, String... values) {
        return Timer.builder(meterName)
                .description(meaning)
                .tags(tags(values))
                .serviceLevelObjectives(buckets)
                .register(registry);
    }
}
