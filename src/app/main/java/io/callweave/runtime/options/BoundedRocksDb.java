package io.callweave.runtime.options;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/** Lets every store use the {@link RocksDbMemory} of its application. Kafka Streams makes one of these for each store. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls setConfig first
public final class BoundedRocksDb implements RocksDBConfigSetter {

    /** A store takes memory by this much; the default, 1 MiB, is more than most of our stores ever need. */
    private static final long ARENA_BYTES = 64 << 10;

    private StoreFigures figures;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        RocksDbMemory memory = (RocksDbMemory) configs.get(RocksDbMemory.OPTION);
        if (memory == null) {
            throw new IllegalStateException("The stores are opened without their memory.");
        }
        figures = memory.figures();
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        // Otherwise they use unlimited memory in addition to the cache.
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setArenaBlockSize(ARENA_BYTES);
    }

    @Override
    public void close(String storeName, Options options) {
        // The memory is shared, and closed after all stores.
        figures.closing();
    }
}
