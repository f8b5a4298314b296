package io.callweave.topology.state;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds the stores of one name: {@linkplain WriteBehindStore write-behind}, with a changelog, and repaired when damaged. */
public final class StageStores implements StoreBuilder<KeyValueStore<Bytes, byte[]>> {

    /** Of each store of a task. A second of a partition's work, on a fast machine. */
    private static final long MOST_UNWRITTEN = 8L << 20;

    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> builder;

    public StageStores(String name) {
        builder = Stores.keyValueStoreBuilder(new SelfHealingStores(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }

    @Override
    public KeyValueStore<Bytes, byte[]> build() {
        return new WriteBehindStore(builder.build(), MOST_UNWRITTEN);
    }

    @Override
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> withCachingEnabled() {
        throw new UnsupportedOperationException("These stores write behind by themselves.");
    }

    @Override
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> withLoggingEnabled(Map<String, String> config) {
        builder.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> withLoggingDisabled() {
        throw new UnsupportedOperationException("Without a changelog the state would be lost with the disk.");
    }

    @Override
    public Map<String, String> logConfig() {
        return builder.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return builder.loggingEnabled();
    }

    @Override
    public String name() {
        return builder.name();
    }
}
