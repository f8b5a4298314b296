package io.callweave.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.topology.StoreNames;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochTest {

    private static final long WALL = 1_772_452_800_123L;

    private TestStores stores;

    @BeforeEach
    void open(@TempDir Path directory) {
        stores = new TestStores(directory);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void shouldBeAsOldAsItsState() {
        assertThat(Epoch.of(stores.get(StoreNames.CALLS), WALL)).isEqualTo(WALL);
        assertThat(Epoch.of(stores.get(StoreNames.CALLS), WALL + 1)).isEqualTo(WALL);
    }

    @Test
    void shouldStayTheSameOverARestart() {
        assertThat(Epoch.of(stores.get(StoreNames.CALLS), WALL)).isEqualTo(WALL);

        assertThat(Epoch.of(stores.reopen(StoreNames.CALLS), WALL + 1)).isEqualTo(WALL);
    }

    @Test
    void shouldBeGreaterAfterAReset() {
        KeyValueStore<Bytes, byte[]> store = stores.get(StoreNames.CALLS);
        long before = Epoch.of(store, WALL);
        store.delete(StoreKeys.of(StoreKeys.Kind.EPOCH));

        assertThat(Epoch.of(store, WALL + 1)).isGreaterThan(before);
    }
}
