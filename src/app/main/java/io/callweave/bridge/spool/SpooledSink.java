package io.callweave.bridge.spool;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.SinkStatus;
import io.callweave.bridge.spool.disk.Spool;
import io.callweave.bridge.spool.disk.SpoolCounters;
import io.callweave.bridge.spool.disk.SpoolException;
import io.callweave.meter.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in Kafka where it acknowledges them in time, else in a bounded queue on disk, from which they go to Kafka later,
 * in the order in which they came. A record can reach Kafka twice. Futures are completed by the threads that do the work:
 * their callbacks must not block.
 */
public final class SpooledSink implements DurableSink {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final SpoolCounters counters;
    private final Spool spool;
    private final Budget budget;
    private final SpoolingSender sender;
    private volatile boolean closed;

    /**
     * Opens the spool, cuts off what a crash left of a record, and begins to look for Kafka, which need not be there.
     *
     * @param registry of the {@linkplain Metric metrics}
     * @throws SpoolException if the spool's folder cannot be used
     */
    public static SpooledSink open(SpoolSettings settings, MeterRegistry registry) {
        return open(settings, registry, null);
    }

    /** The same with another measure of the free bytes on the disk. */
    static SpooledSink open(SpoolSettings settings, MeterRegistry registry, @Nullable LongSupplier usableBytes) {
        SpoolCounters counters = new SpoolCounters(registry);
        Spool spool = Spool.open(settings.directory(), counters, usableBytes);
        return new SpooledSink(settings, counters, spool);
    }

    private SpooledSink(SpoolSettings settings, SpoolCounters counters, Spool spool) {
        this.counters = counters;
        this.spool = spool;
        Undeliverable undeliverable = new Undeliverable(settings, counters);
        budget = new Budget(
                settings, () -> spool.bytes() + undeliverable.bytes(), spool::bytesOf, spool.largestAtStart());
        sender = new SpoolingSender(settings, spool, undeliverable, budget, counters);
        counters.show(Metric.SPOOL_DEPTH, spool::depth);
        counters.show(Metric.SPOOL_BYTES, spool::bytes);
        counters.show(Metric.SPOOL_CAPACITY, settings::maxBytes);
        counters.show(Metric.SPOOL_AGE, () -> oldestAgeMs() / MILLIS_PER_SECOND);
        counters.show(Metric.SPOOL_FULL, () -> hasRoom() ? 0 : 1);
        counters.show(Metric.SPOOL_KAFKA, () -> sender.isDirect() ? 1 : 0);
        counters.show(Metric.SPOOL_PENDING, budget::records);
        sender.start();
    }

    @Override
    public CompletableFuture<Kept> keep(RawRecord record) {
        Pending pending = new Pending(record, System.currentTimeMillis(), System.nanoTime());
        Kept room = closed || !sender.takes() ? Kept.NO_ROOM : budget.take(pending.account(), pending.size());
        if (room != Kept.KEPT) {
            counters.count(Metric.SPOOL_REFUSED);
            return CompletableFuture.completedFuture(room);
        }
        sender.take(pending);
        return pending.answer();
    }

    @Override
    public void shareAmong(int accounts) {
        budget.shareAmong(accounts);
    }

    @Override
    public SinkStatus status() {
        return new SinkStatus(spool.depth(), spool.bytes(), oldestAgeMs(), hasRoom(), sender.hasFailed());
    }

    /** Whether records go straight to Kafka now. */
    public boolean isKafkaAnswering() {
        return sender.isDirect();
    }

    @Override
    public void close() {
        closed = true;
        sender.close();
    }

    private boolean hasRoom() {
        return !closed && sender.takes() && !budget.isFull();
    }

    private long oldestAgeMs() {
        long since = spool.oldestAtMs();
        return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() - since);
    }
}
