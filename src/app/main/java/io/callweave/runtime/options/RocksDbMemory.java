package io.callweave.runtime.options;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.value.Sizes;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that all stores of one application share: each with its own would take what Kafka Streams gives one, 98 MiB,
 * times the number of stores and partitions. Write buffers take up to half of it, out of the same cache.
 */
public final class RocksDbMemory implements AutoCloseable {

    /** Under this name the stores find it among the options of Kafka Streams. */
    static final String OPTION = "callweave.rocksdb.memory";

    private static final int SHARDS_BY_SIZE = -1;
    private static final double FOR_INDEXES = 0.1;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final StoreFigures figures = new StoreFigures(System::nanoTime);

    public RocksDbMemory(long bytes) {
        // Not strict: a strict limit makes reads fail, and this one is exceeded for a moment.
        cache = new LRUCache(bytes, SHARDS_BY_SIZE, false, FOR_INDEXES);
        writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    /** As much as {@code state.rocksdb-memory} is by default. */
    public static RocksDbMemory byDefault() {
        return new RocksDbMemory(KnownSettings.STATE_ROCKSDB_MEMORY
                .byDefault()
                .flatMap(Sizes::parse)
                .orElseThrow());
    }

    /** Options of Kafka Streams with which its stores share this memory. */
    public Map<String, Object> options() {
        return Map.of(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class, OPTION, this);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** How to read what RocksDB tells of these stores. */
    public StoreFigures figures() {
        return figures;
    }

    /** Close it after all stores, because they use its memory. */
    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }

    @Override
    public String toString() {
        return "shared by all stores";
    }
}
