package io.callweave.bridge.webhook;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.SinkStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keeps records in memory, or does with them what a test says. */
final class FakeSink implements DurableSink {

    final List<RawRecord> records = new CopyOnWriteArrayList<>();
    volatile boolean room = true;
    volatile boolean failed;
    volatile Function<RawRecord, CompletableFuture<Kept>> keeping = this::atOnce;

    CompletableFuture<Kept> atOnce(RawRecord record) {
        records.add(record);
        return CompletableFuture.completedFuture(Kept.KEPT);
    }

    @Override
    public CompletableFuture<Kept> keep(RawRecord record) {
        return room ? keeping.apply(record) : CompletableFuture.completedFuture(Kept.NO_ROOM);
    }

    @Override
    public SinkStatus status() {
        return new SinkStatus(records.size(), 7, 0, room, failed);
    }

    @Override
    public void close() {}
}
