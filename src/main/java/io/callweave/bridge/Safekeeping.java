package io.callweave.bridge;

import java.util.concurrent.CompletableFuture;

/** Takes what RingCentral sent and promises to keep it. */
public interface Safekeeping extends AutoCloseable {

    /**
     * Completes with KEPT once the record cannot be lost any more (Kafka acknowledged it or it is on disk), or with NO_ROOM at
     * once. Never throws, never completes exceptionally.
     */
    CompletableFuture<Kept> keep(RawRecord record);

    /** Cheap enough for every scrape and probe; never throws. */
    SafekeepingStatus status();

    /** Returns when everything taken so far is safe; takes nothing any more. */
    @Override
    void close();

    /** What became of a record. */
    enum Kept {
        KEPT,
        NO_ROOM
    }
}
