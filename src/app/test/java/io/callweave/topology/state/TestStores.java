package io.callweave.topology.state;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Real RocksDB stores of bytes for tests of what is kept in them; closed stores can be opened again. */
public final class TestStores implements AutoCloseable {

    private final Path directory;
    private final Map<String, KeyValueStore<Bytes, byte[]>> open = new HashMap<>();

    public TestStores(Path directory) {
        this.directory = directory;
    }

    public KeyValueStore<Bytes, byte[]> get(String name) {
        return open.computeIfAbsent(name, this::open);
    }

    /** Closes the store and opens it again, as after a restart. */
    public KeyValueStore<Bytes, byte[]> reopen(String name) {
        close(name);
        return get(name);
    }

    /** A store in memory, for what is tried so often that files would take too long. */
    public static KeyValueStore<Bytes, byte[]> inMemory(String name) {
        return started(Stores.inMemoryKeyValueStore(name), new File(System.getProperty("java.io.tmpdir")));
    }

    /** A store in memory that writes behind, in a task that has processed something. */
    public static WriteBehindStore writeBehind(String name) {
        WriteBehindStore store = new WriteBehindStore(inMemory(name), Long.MAX_VALUE);
        MockProcessorContext<Void, Void> context = context(new File(System.getProperty("java.io.tmpdir")));
        context.setRecordMetadata("notifications", 0, 0);
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    /** The same store, of which nobody can tell that it writes behind. */
    public static KeyValueStore<Bytes, byte[]> lookedAt(KeyValueStore<Bytes, byte[]> store) {
        return new ForwardingStore(store) {};
    }

    /** How many entries of one kind are in a store. */
    public static int count(KeyValueStore<Bytes, byte[]> store, StoreKeys.Kind kind) {
        return keys(store, kind).size();
    }

    /** The keys of the entries of one kind in a store. */
    public static List<Bytes> keys(KeyValueStore<Bytes, byte[]> store, StoreKeys.Kind kind) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(kind))) {
            while (entries.hasNext()) {
                keys.add(entries.next().key);
            }
        }
        return keys;
    }

    private KeyValueStore<Bytes, byte[]> open(String name) {
        return started(Stores.persistentKeyValueStore(name), stateDirectory());
    }

    private static KeyValueStore<Bytes, byte[]> started(KeyValueBytesStoreSupplier supplier, File stateDirectory) {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context(stateDirectory).getStateStoreContext(), store);
        return store;
    }

    private static MockProcessorContext<Void, Void> context(File stateDirectory) {
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "stores");
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        return new MockProcessorContext<>(options, new TaskId(0, 0), stateDirectory);
    }

    private File stateDirectory() {
        try {
            return Files.createDirectories(directory).toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close(String name) {
        StateStore store = open.remove(name);
        if (store != null) {
            store.close();
        }
    }

    @Override
    public void close() {
        Map.copyOf(open).keySet().forEach(this::close);
    }
}
