package io.callweave.runtime.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

    /** RocksDB would free what is being read, and that ends the process. */
    @Test
    void shouldNotCloseAStoreWhileFiguresAreRead() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (RocksDbMemory memory = new RocksDbMemory(16 << 20);
                Options options = new Options().setTableFormatConfig(new BlockBasedTableConfig())) {
            BoundedRocksDb store = new BoundedRocksDb();
            store.setConfig("one", options, Map.of(RocksDbMemory.OPTION, memory));
            Thread reader = new Thread(() -> memory.figures().read(() -> {
                reading.countDown();
                awaitUnchecked(goOn);
                order.add("read");
                return 1L;
            }));
            reader.start();
            reading.await();
            Thread closer = new Thread(() -> {
                store.close("one", options);
                order.add("closed");
            });
            closer.start();

            await().until(() -> closer.getState() == Thread.State.WAITING);
            goOn.countDown();
            reader.join();
            closer.join();

            assertThat(order).containsExactly("read", "closed");
            assertThat(memory.figures().read(() -> 1L)).isEqualTo(Double.NaN);
        }
    }

    @Test
    void shouldReadFiguresAgainAfterAStoreHasClosed() {
        AtomicLong time = new AtomicLong();
        StoreFigures figures = new StoreFigures(time::get);
        figures.closing();

        time.addAndGet(TimeUnit.SECONDS.toNanos(3));

        assertThat(figures.read(() -> 1L)).isEqualTo(1L);
    }

    @Test
    void shouldNotOpenAStoreWithoutBounds() {
        try (Options options = new Options()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new BoundedRocksDb().setConfig("one", options, Map.of()));
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
