package io.callweave.topology;

import io.callweave.call.CompletionReason;
import io.callweave.call.PartyFacts;
import io.callweave.call.Reason;
import io.callweave.call.Status;
import io.callweave.metrics.Scope;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Counts what the topology does. {@link TopologyMetric} holds the names. How many series there are is bounded: each tag has
 * the values of an enum, or numbers of partitions; what senders make up is counted without its name. Thread-safe.
 */
public final class TopologyMetrics {

    /** What a record on {@code calls} can say of itself. */
    public enum Emitted {
        COMPLETE,
        PARTIAL,
        SUPERSEDED
    }

    /** From what a healthy call takes up to the longest of the shorter waits. */
    private static final Duration[] LATENCIES = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5)
    };

    private static final double MILLIS_PER_SECOND = 1_000;

    private final MeterRegistry registry;
    private final LongSupplier wallClock;
    private final Counter read;
    private final Counter accepted;
    private final Counter duplicates;
    private final Counter late;
    private final Counter gapsGivenUp;
    private final Counter unknownStatuses;
    private final Counter unknownReasons;
    private final Counter capped;
    private final Counter failedThreads;
    private final Counter lateWindows;
    private final Counter rejectedEntries;
    private final Map<Scope, Counter> updatedWindows = new EnumMap<>(Scope.class);
    private final Map<OtherEvent, Counter> skipped = new EnumMap<>(OtherEvent.class);
    private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);
    private final Map<CompletionReason, Timer> latencies = new EnumMap<>(CompletionReason.class);
    private final Map<CompletionReason, Map<Emitted, Counter>> emitted = new EnumMap<>(CompletionReason.class);
    private volatile long directoryEntries;
    private final Map<Integer, Stage2> stage2 = new ConcurrentHashMap<>();

    /** What one partition of stage 2 last said. */
    private static final class Stage2 {
        private volatile long sessions;
        private volatile long calls;
        private volatile long windows;
        private volatile long clock = Long.MIN_VALUE;
        private volatile List<Meter> meters = List.of();
    }

    public TopologyMetrics(MeterRegistry registry) {
        this(registry, System::currentTimeMillis);
    }

    TopologyMetrics(MeterRegistry registry, LongSupplier wallClock) {
        this.registry = registry;
        this.wallClock = wallClock;
        read = counter(TopologyMetric.READ);
        accepted = counter(TopologyMetric.ACCEPTED);
        duplicates = counter(TopologyMetric.DUPLICATE);
        late = counter(TopologyMetric.LATE);
        gapsGivenUp = counter(TopologyMetric.GAP_GIVEN_UP);
        unknownStatuses = counter(TopologyMetric.UNKNOWN_STATUS);
        unknownReasons = counter(TopologyMetric.UNKNOWN_REASON);
        capped = counter(TopologyMetric.CAPPED);
        failedThreads = counter(TopologyMetric.THREAD_FAILED);
        lateWindows = counter(TopologyMetric.WINDOW_TOO_LATE);
        rejectedEntries = counter(TopologyMetric.DIRECTORY_REJECTED);
        for (Scope scope : Scope.values()) {
            updatedWindows.put(scope, counter(TopologyMetric.WINDOW_UPDATED, scope.wireName()));
        }
        for (OtherEvent kind : OtherEvent.values()) {
            skipped.put(kind, counter(TopologyMetric.SKIPPED, kind.wireName()));
        }
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(reason, counter(TopologyMetric.REJECTED, reason.wireName()));
        }
        for (CompletionReason reason : CompletionReason.values()) {
            latencies.put(reason, timer(reason));
            emitted.put(reason, emittedCounters(reason));
        }
        gauge(TopologyMetric.LIVE_SESSIONS, metrics -> metrics.sum(one -> one.sessions));
        gauge(TopologyMetric.LIVE_CALLS, metrics -> metrics.sum(one -> one.calls));
        gauge(TopologyMetric.DIRECTORY_ENTRIES, metrics -> metrics.directoryEntries);
    }

    /** Counts where nobody looks. */
    public static TopologyMetrics unexported() {
        return new TopologyMetrics(new CompositeMeterRegistry());
    }

    void read() {
        read.increment();
    }

    void skipped(OtherEvent kind) {
        increment(skipped, kind);
    }

    void rejected(RejectReason reason) {
        increment(rejected, reason);
    }

    void duplicate() {
        duplicates.increment();
    }

    /** A party event that is new; and whether its status and its reason are ones that are known. */
    void accepted(PartyFacts facts) {
        accepted.increment();
        if (!Status.isKnown(facts.status())) {
            unknownStatuses.increment();
        }
        String reason = facts.reason();
        if (reason != null && !Reason.isKnown(reason)) {
            unknownReasons.increment();
        }
    }

    void late() {
        late.increment();
    }

    void gapGivenUp() {
        gapsGivenUp.increment();
    }

    void capped() {
        capped.increment();
    }

    /** A record went to {@code window-metrics}. */
    void windowUpdated(Scope scope) {
        increment(updatedWindows, scope);
    }

    /** A call was not counted in a window that is gone. */
    void windowTooLate() {
        lateWindows.increment();
    }

    /** How many windows a partition of stage 2 holds back. */
    void windowsHeld(int partition, long windows) {
        stage2(partition).windows = windows;
    }

    /** How many extensions the directory describes. */
    void directoryEntries(long entries) {
        directoryEntries = entries;
    }

    /** A record of the directory describes no extension. */
    void directoryRejected() {
        rejectedEntries.increment();
    }

    public void threadFailed() {
        failedThreads.increment();
    }

    /**
     * A record went to {@code calls}.
     *
     * @param receivedAt receipt of the notification that caused it, in milliseconds since the epoch
     * @param now the wall time
     */
    void emitted(Emitted status, CompletionReason reason, long receivedAt, long now) {
        Map<Emitted, Counter> counters = emitted.get(reason);
        Timer latency = latencies.get(reason);
        if (counters != null && latency != null) {
            increment(counters, status);
            latency.record(Duration.ofMillis(Math.max(0, now - receivedAt)));
        }
    }

    /** How much a partition of stage 2 has in hand. */
    void live(int partition, long sessions, long calls) {
        Stage2 one = stage2(partition);
        one.sessions = sessions;
        one.calls = calls;
    }

    /**
     * How far the clock of a partition of stage 2 is.
     *
     * @param now {@link Long#MIN_VALUE} if it does not run yet
     */
    void clock(int partition, long now) {
        stage2(partition).clock = now;
    }

    /** The partition is no longer here. */
    void forget(int partition) {
        Stage2 gone = stage2.remove(partition);
        if (gone != null) {
            gone.meters.forEach(registry::remove);
        }
    }

    private Stage2 stage2(int partition) {
        return stage2.computeIfAbsent(partition, added -> {
            Stage2 one = new Stage2();
            one.meters = List.of(
                    gauge(TopologyMetric.CLOCK, added, one, it -> seconds(it.clock)),
                    gauge(TopologyMetric.WINDOWS_HELD, added, one, it -> it.windows),
                    gauge(TopologyMetric.CLOCK_LAG, added, one, it -> seconds(it.clock, wallClock.getAsLong())));
            return one;
        });
    }

    private static double seconds(long clock) {
        return clock == Long.MIN_VALUE ? Double.NaN : clock / MILLIS_PER_SECOND;
    }

    private static double seconds(long clock, long now) {
        return clock == Long.MIN_VALUE ? Double.NaN : Math.max(0, now - clock) / MILLIS_PER_SECOND;
    }

    private double sum(ToDoubleFunction<Stage2> of) {
        return stage2.values().stream().mapToDouble(of).sum();
    }

    private static <K> void increment(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment();
        }
    }

    private Map<Emitted, Counter> emittedCounters(CompletionReason reason) {
        Map<Emitted, Counter> counters = new EnumMap<>(Emitted.class);
        for (Emitted status : Emitted.values()) {
            // Exactly the superseded ones have that reason.
            if ((status == Emitted.SUPERSEDED) == (reason == CompletionReason.SUPERSEDED)) {
                counters.put(
                        status,
                        counter(TopologyMetric.EMITTED, status.name().toLowerCase(Locale.ROOT), reason.wireName()));
            }
        }
        return counters;
    }

    private Counter counter(TopologyMetric metric, String... values) {
        return Counter.builder(metric.meterName())
                .description(metric.meaning())
                .tags(tags(metric, values))
                .register(registry);
    }

    private Timer timer(CompletionReason reason) {
        TopologyMetric metric = TopologyMetric.EMISSION_LATENCY;
        return Timer.builder(metric.meterName())
                .description(metric.meaning())
                .tags(tags(metric, reason.wireName()))
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    private void gauge(TopologyMetric metric, ToDoubleFunction<TopologyMetrics> value) {
        Gauge.builder(metric.meterName(), this, value)
                .description(metric.meaning())
                .register(registry);
    }

    private Meter gauge(TopologyMetric metric, int partition, Stage2 one, ToDoubleFunction<Stage2> value) {
        return Gauge.builder(metric.meterName(), one, value)
                .description(metric.meaning())
                .tags(tags(metric, Integer.toString(partition)))
                .register(registry);
    }

    private static String[] tags(TopologyMetric metric, String... values) {
        String[] tags = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            tags[2 * i] = metric.tags().get(i);
            tags[2 * i + 1] = values[i];
        }
        return tags;
    }
}
