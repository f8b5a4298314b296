package io.callweave.bridge;

import java.util.concurrent.CompletableFuture;

/** Takes what RingCentral sent and promises to keep it. */
public interface DurableSink extends AutoCloseable {

    /**
     * Completes with KEPT once the record cannot be lost any more (Kafka acknowledged it or it is on disk), or with the reason
     * for a refusal at once. Never completes exceptionally.
     */
    CompletableFuture<Kept> keep(RawRecord record);

    /** Of how many accounts it takes records, from now on: no one can have all the room of the others. */
    default void shareAmong(int accounts) {}

    /** Cheap enough for every scrape and probe; never throws. */
    SinkStatus status();

    /** Returns when everything taken so far is safe; takes nothing any more. */
    @Override
    void close();

    /** What became of a record. */
    enum Kept {
        KEPT,
        /**
         * There is no place for it. Then {@link SinkStatus#room()} is false, unless only its account has too much, or only Kafka
         * refuses what is like it.
         */
        NO_ROOM,
        /** Too many records wait in memory; that passes within moments. */
        BUSY,
        /** It is larger than all the room that there is. */
        TOO_LARGE
    }
}
