package io.callweave.bridge.spool;

import io.callweave.bridge.RawRecord;
import io.callweave.bridge.Safekeeping;
import io.callweave.bridge.SafekeepingStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in Kafka where it acknowledges them in time, else in a bounded queue on disk, from which they go to Kafka later,
 * in the order in which they came. A record can reach Kafka twice. Futures are completed by the threads that do the work:
 * what hangs on them must not block.
 */
public final class SpooledSafekeeping implements Safekeeping {

    /** A record of usual size. */
    private static final long USUAL_BYTES = 4 << 10;

    private static final double MILLIS_PER_SECOND = 1_000;

    private final SpoolCounters counters;
    private final Spool spool;
    private final Budget budget;
    private final Keeper keeper;
    private volatile boolean closed;

    /**
     * Opens the spool, cuts off what a crash left of a record, and begins to look for Kafka, which need not be there.
     *
     * @param registry of the {@linkplain SpoolMetric metrics}
     * @throws SpoolException if the spool's folder cannot be used
     */
    public static SpooledSafekeeping open(SpoolSettings settings, MeterRegistry registry) {
        return open(settings, registry, null);
    }

    /** The same with another measure of the free bytes on the disk. */
    static SpooledSafekeeping open(SpoolSettings settings, MeterRegistry registry, @Nullable LongSupplier usableBytes) {
        SpoolCounters counters = new SpoolCounters(registry);
        Spool spool = Spool.open(settings.directory(), counters, usableBytes);
        return new SpooledSafekeeping(settings, counters, spool);
    }

    private SpooledSafekeeping(SpoolSettings settings, SpoolCounters counters, Spool spool) {
        this.counters = counters;
        this.spool = spool;
        Undeliverable undeliverable = new Undeliverable(settings.directory());
        budget = new Budget(settings, () -> spool.bytes() + undeliverable.bytes());
        keeper = new Keeper(settings, spool, undeliverable, budget, counters);
        counters.show(SpoolMetric.DEPTH, spool::depth);
        counters.show(SpoolMetric.BYTES, spool::bytes);
        counters.show(SpoolMetric.CAPACITY, settings::maxBytes);
        counters.show(SpoolMetric.AGE, () -> oldestAgeMs() / MILLIS_PER_SECOND);
        counters.show(SpoolMetric.FULL, () -> hasRoom() ? 0 : 1);
        counters.show(SpoolMetric.KAFKA, () -> keeper.isDirect() ? 1 : 0);
        counters.show(SpoolMetric.PENDING, budget::records);
        keeper.start();
    }

    @Override
    public CompletableFuture<Kept> keep(RawRecord record) {
        Pending pending = new Pending(record, System.currentTimeMillis(), System.nanoTime());
        if (closed || !keeper.takes() || !budget.take(pending.size())) {
            counters.count(SpoolMetric.REFUSED);
            return CompletableFuture.completedFuture(Kept.NO_ROOM);
        }
        keeper.take(pending);
        return pending.answer();
    }

    @Override
    public SafekeepingStatus status() {
        return new SafekeepingStatus(spool.depth(), spool.bytes(), oldestAgeMs(), hasRoom(), keeper.hasFailed());
    }

    /** Whether records go straight to Kafka now. */
    public boolean isKafkaAnswering() {
        return keeper.isDirect();
    }

    @Override
    public void close() {
        closed = true;
        keeper.close();
    }

    private boolean hasRoom() {
        return !closed && keeper.takes() && budget.hasRoom(USUAL_BYTES);
    }

    private long oldestAgeMs() {
        long since = spool.oldestAtMs();
        return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() - since);
    }
}
