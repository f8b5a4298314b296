package io.callweave.bridge.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bridge.DurableSink;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.SinkStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps everything while there is room. */
public final class MemorySink implements DurableSink {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<RawRecord> records = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean room = true;

    @Override
    public CompletableFuture<Kept> keep(RawRecord record) {
        if (!room) {
            refused.incrementAndGet();
            return CompletableFuture.completedFuture(Kept.NO_ROOM);
        }
        records.add(record);
        return CompletableFuture.completedFuture(Kept.KEPT);
    }

    /** In their order. */
    public List<RawRecord> all() {
        return List.copyOf(records);
    }

    public List<RawRecord> of(String topic) {
        return records.stream().filter(each -> each.topic().equals(topic)).toList();
    }

    /** Those of the notifications that it has, which are at this place in each. */
    public Set<Long> sequences(String place) {
        Set<Long> sequences = new HashSet<>();
        for (RawRecord each : of("notifications")) {
            try {
                sequences.add(JSON.readTree(each.value()).at(place).asLong());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sequences;
    }

    public void room(boolean isThere) {
        room = isThere;
    }

    /** How often there was no room. */
    public int refused() {
        return refused.get();
    }

    @Override
    public SinkStatus status() {
        return new SinkStatus(0, 0, 0, true, false);
    }

    @Override
    public void close() {}
}
