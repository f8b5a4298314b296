package io.callweave.topology.state;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Makes the stores of one name, one for each task. */
public final class SelfHealingStores implements KeyValueBytesStoreSupplier {

    private final KeyValueBytesStoreSupplier rocksDb;
    private final Set<Path> verified = ConcurrentHashMap.newKeySet();

    public SelfHealingStores(String name) {
        rocksDb = Stores.persistentKeyValueStore(name);
    }

    @Override
    public String name() {
        return rocksDb.name();
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new SelfHealingStore(rocksDb.get(), verified::add);
    }

    @Override
    public String metricsScope() {
        return rocksDb.metricsScope();
    }
}
