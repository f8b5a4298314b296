package io.callweave.runtime.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

class BoundedRocksDbTest {

    @Test
    void shouldGiveAllStoresTheSameMemory() {
        try (RocksDbMemory memory = new RocksDbMemory(16 << 20);
                Options one = new Options().setTableFormatConfig(new BlockBasedTableConfig());
                Options other = new Options().setTableFormatConfig(new BlockBasedTableConfig())) {
            Map<String, Object> configs = Map.of(RocksDbMemory.OPTION, memory);

            new BoundedRocksDb().setConfig("one", one, configs);
            new BoundedRocksDb().setConfig("other", other, configs);

            assertThat(one.writeBufferManager()).isSameAs(other.writeBufferManager());
            assertThat(((BlockBasedTableConfig) one.tableFormatConfig()).cacheIndexAndFilterBlocks())
                    .isTrue();
        }
    }

    @Test
    void shouldNotOpenAStoreWithoutBounds() {
        try (Options options = new Options()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new BoundedRocksDb().setConfig("one", options, Map.of()));
        }
    }
}
