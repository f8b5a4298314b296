package io.callweave.topology.meter;

import io.callweave.call.completion.CompletionReason;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Reason;
import io.callweave.call.event.Status;
import io.callweave.call.fact.FactKind;
import io.callweave.meter.Metric;
import io.callweave.metrics.Scope;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import io.callweave.notification.json.JsonShape;
import io.callweave.notification.json.JsonValue;
import io.callweave.topology.facts.LaterFacts;
import io.micrometer.core.instrument.Counter;
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
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Counts what the topology does. {@link Metric} holds the names. How many series there are is bounded: each tag has
 * the values of an enum, numbers of partitions, or the largest accounts; what senders make up is counted without its name. Thread-safe.
 */
public final class TopologyMetrics {

    /** What a record on {@code calls} can say of itself. */
    public enum Emitted {
        COMPLETE,
        PARTIAL,
        BACKFILLED,
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
    private final Counter unknownFields;
    private final Novelties novelties = new Novelties();
    private final Counter capped;
    private final Counter failedThreads;
    private final Counter repeatedRecords;
    private final Counter lateWindows;
    private final Counter rejectedEntries;
    private final Counter callsWithFeedGap;
    private final Counter rejectedFeedGaps;
    private final Map<Scope, Counter> updatedWindows = new EnumMap<>(Scope.class);
    private final Map<OtherEvent, Counter> skipped = new EnumMap<>(OtherEvent.class);
    private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);
    private final Map<CompletionReason, Timer> latencies = new EnumMap<>(CompletionReason.class);
    private final Map<CompletionReason, Map<Emitted, Counter>> emitted = new EnumMap<>(CompletionReason.class);
    private final Map<FactKind, Map<LaterFacts.Fate, Counter>> laterFacts = new EnumMap<>(FactKind.class);
    private volatile long directoryEntries;
    private volatile DoubleSupplier standstillSeconds = () -> Double.NaN;
    private volatile DoubleSupplier brokerSilenceSeconds = () -> Double.NaN;
    private final AccountLoads accounts;
    private final Map<Integer, Home> homes = new ConcurrentHashMap<>();

    /** What one home partition last said. */
    private static final class Home {
        private volatile long sessions;
        private volatile long calls;
        private volatile long windows;
        private volatile long putOff;
        private volatile long clock = Long.MIN_VALUE;
        private volatile List<Meter> meters = List.of();
    }

    public TopologyMetrics(MeterRegistry registry) {
        this(registry, System::currentTimeMillis);
    }

    TopologyMetrics(MeterRegistry registry, LongSupplier wallClock) {
        this.registry = registry;
        this.wallClock = wallClock;
        accounts = new AccountLoads(registry);
        read = Metric.READ.counter(registry);
        accepted = Metric.ACCEPTED.counter(registry);
        duplicates = Metric.DUPLICATE.counter(registry);
        late = Metric.LATE.counter(registry);
        gapsGivenUp = Metric.GAP_GIVEN_UP.counter(registry);
        unknownStatuses = Metric.UNKNOWN_STATUS.counter(registry);
        unknownReasons = Metric.UNKNOWN_REASON.counter(registry);
        unknownFields = Metric.UNKNOWN_FIELD.counter(registry);
        for (Novelties.Kind kind : Novelties.Kind.values()) {
            Metric.UNKNOWN_VALUES.gauge(registry, () -> novelties.count(kind), kind.word());
        }
        capped = Metric.CAPPED.counter(registry);
        failedThreads = Metric.THREAD_FAILED.counter(registry);
        repeatedRecords = Metric.RECORDS_REPEATED.counter(registry);
        lateWindows = Metric.WINDOW_TOO_LATE.counter(registry);
        rejectedEntries = Metric.DIRECTORY_REJECTED.counter(registry);
        callsWithFeedGap = Metric.FEED_GAP.counter(registry);
        rejectedFeedGaps = Metric.FEED_GAP_REJECTED.counter(registry);
        for (Scope scope : Scope.values()) {
            updatedWindows.put(scope, Metric.WINDOW_UPDATED.counter(registry, scope.wireName()));
        }
        for (OtherEvent kind : OtherEvent.values()) {
            skipped.put(kind, Metric.SKIPPED.counter(registry, kind.wireName()));
        }
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(reason, Metric.REJECTED.counter(registry, reason.wireName()));
        }
        for (FactKind kind : FactKind.values()) {
            Map<LaterFacts.Fate, Counter> fates = new EnumMap<>(LaterFacts.Fate.class);
            for (LaterFacts.Fate fate : LaterFacts.Fate.values()) {
                fates.put(fate, Metric.LATER_FACTS.counter(registry, kind.wireName(), fate.wireName()));
            }
            laterFacts.put(kind, fates);
        }
        for (CompletionReason reason : CompletionReason.values()) {
            latencies.put(reason, Metric.EMISSION_LATENCY.timer(registry, LATENCIES, reason.wireName()));
            emitted.put(reason, emittedCounters(reason));
        }
        Metric.STANDSTILL.gauge(registry, () -> standstillSeconds.getAsDouble());
        Metric.BROKER_SILENCE.gauge(registry, () -> brokerSilenceSeconds.getAsDouble());
        Metric.LIVE_SESSIONS.gauge(registry, () -> sum(one -> one.sessions));
        Metric.LIVE_CALLS.gauge(registry, () -> sum(one -> one.calls));
        Metric.DIRECTORY_ENTRIES.gauge(registry, () -> directoryEntries);
    }

    /** Counts without a registry. */
    public static TopologyMetrics unexported() {
        return new TopologyMetrics(new CompositeMeterRegistry());
    }

    /** Which accounts take how much. */
    public AccountLoads accounts() {
        return accounts;
    }

    public void read() {
        read.increment();
    }

    public void skipped(OtherEvent kind) {
        increment(skipped, kind);
    }

    public void rejected(RejectReason reason) {
        increment(rejected, reason);
    }

    public void duplicate() {
        duplicates.increment();
    }

    /** A party event that is new; and whether its status and its reason are ones that are known. */
    public void accepted(PartyFacts facts) {
        accepted.increment();
        if (!Status.isKnown(facts.status())) {
            unknownStatuses.increment();
            novelties.see(Novelties.Kind.STATUS, facts.status(), () -> example(facts));
        }
        String reason = facts.reason();
        if (reason != null && !Reason.isKnown(reason)) {
            unknownReasons.increment();
            novelties.see(Novelties.Kind.REASON, reason, () -> example(facts));
        }
    }

    /** A field of a party that is not known; see {@link io.callweave.notification.json.UnknownFields}. */
    public void unknownField(String name, JsonValue value) {
        unknownFields.increment();
        novelties.see(Novelties.Kind.FIELD, name, () -> JsonShape.of(value));
    }

    private static String example(PartyFacts facts) {
        return JsonShape.name(facts.status() + " " + facts.reason() + " " + facts.direction());
    }

    /** A recording, a message or insights. */
    public void laterFact(FactKind kind, LaterFacts.Fate fate) {
        increment(laterFacts.getOrDefault(kind, Map.of()), fate);
    }

    public void late() {
        late.increment();
    }

    public void gapGivenUp() {
        gapsGivenUp.increment();
    }

    public void capped() {
        capped.increment();
    }

    /** A record went to {@code window-metrics}. */
    public void windowUpdated(Scope scope) {
        increment(updatedWindows, scope);
    }

    /** A call was not counted in a window that is gone. */
    public void windowTooLate() {
        lateWindows.increment();
    }

    /** How many windows a home partition holds back. */
    public void windowsHeld(int partition, long windows) {
        home(partition).windows = windows;
    }

    /** How much waits in a home partition for the turn of its account. */
    public void putOff(int partition, long notifications) {
        home(partition).putOff = notifications;
    }

    /** How many extensions the directory describes. */
    public void directoryEntries(long entries) {
        directoryEntries = entries;
    }

    /** A record of the directory describes no extension. */
    public void directoryRejected() {
        rejectedEntries.increment();
    }

    /** A record of a call that overlaps a gap went to {@code calls}. */
    public void emittedWithFeedGap() {
        callsWithFeedGap.increment();
    }

    /** A record of {@code feed-gaps} describes no gap. */
    public void feedGapRejected() {
        rejectedFeedGaps.increment();
    }

    /** A task began with the same record too often. */
    public void recordRepeated() {
        repeatedRecords.increment();
    }

    /**
     * Where the seconds come from that these metrics show; they are unknown before.
     *
     * @param standstill how long a partition has stood still
     * @param brokerSilence since a broker answered
     */
    public void progress(DoubleSupplier standstill, DoubleSupplier brokerSilence) {
        standstillSeconds = standstill;
        brokerSilenceSeconds = brokerSilence;
    }

    /** Shows how many partitions {@code notifications} has. */
    public void sourcePartitions(IntSupplier count) {
        Metric.SOURCE_PARTITIONS.gauge(registry, count::getAsInt);
    }

    /** Shows how many tasks of a sub-topology are here in a role, such as active. */
    public void tasks(String subtopology, String role, IntSupplier count) {
        Metric.TASKS.gauge(registry, count::getAsInt, subtopology, role);
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
    public void emitted(Emitted status, CompletionReason reason, long receivedAt, long now) {
        Map<Emitted, Counter> counters = emitted.get(reason);
        Timer latency = latencies.get(reason);
        if (counters != null && latency != null) {
            increment(counters, status);
            latency.record(Duration.ofMillis(Math.max(0, now - receivedAt)));
        }
    }

    /** How much a home partition has in hand. */
    public void live(int partition, long sessions, long calls) {
        Home one = home(partition);
        one.sessions = sessions;
        one.calls = calls;
    }

    /**
     * How far the clock of a home partition is.
     *
     * @param now {@link Long#MIN_VALUE} if it does not run yet
     */
    public void clock(int partition, long now) {
        home(partition).clock = now;
    }

    /** The partition is no longer here. */
    public void forget(int partition) {
        Home gone = homes.remove(partition);
        if (gone != null) {
            gone.meters.forEach(registry::remove);
        }
    }

    private Home home(int partition) {
        return homes.computeIfAbsent(partition, added -> {
            Home one = new Home();
            one.meters = List.of(
                    Metric.CLOCK.gauge(registry, () -> seconds(one.clock), Integer.toString(added)),
                    Metric.WINDOWS_HELD.gauge(registry, () -> one.windows, Integer.toString(added)),
                    Metric.PUT_OFF.gauge(registry, () -> one.putOff, Integer.toString(added)),
                    Metric.CLOCK_LAG.gauge(
                            registry, () -> seconds(one.clock, wallClock.getAsLong()), Integer.toString(added)));
            return one;
        });
    }

    private static double seconds(long clock) {
        return clock == Long.MIN_VALUE ? Double.NaN : clock / MILLIS_PER_SECOND;
    }

    private static double seconds(long clock, long now) {
        return clock == Long.MIN_VALUE ? Double.NaN : Math.max(0, now - clock) / MILLIS_PER_SECOND;
    }

    private double sum(ToDoubleFunction<Home> of) {
        return homes.values().stream().mapToDouble(of).sum();
    }

    private static <K> void increment(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Exactly the superseded ones have that reason; what was backfilled can be revised. */
    private static boolean canBe(Emitted status, CompletionReason reason) {
        return switch (reason) {
            case SUPERSEDED -> status == Emitted.SUPERSEDED;
            case BACKFILL -> status == Emitted.BACKFILLED;
            case REVISED -> status != Emitted.SUPERSEDED;
            case OVER, LINGER, PEER_WAIT, OPEN_PARTY_WAIT, MAX_IDLE ->
                status == Emitted.COMPLETE || status == Emitted.PARTIAL;
        };
    }

    private Map<Emitted, Counter> emittedCounters(CompletionReason reason) {
        Map<Emitted, Counter> counters = new EnumMap<>(Emitted.class);
        for (Emitted status : Emitted.values()) {
            if (canBe(status, reason)) {
                counters.put(
                        status,
                        Metric.EMITTED.counter(registry, status.name().toLowerCase(Locale.ROOT), reason.wireName()));
            }
        }
        return counters;
    }
}
