package io.callweave.topology.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.explain.replay.MemoryStore;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteBehindStoreTest {

    private static final long MOST_BYTES = 10_000;

    private final Written written = new Written();
    private final WriteBehindStore store = new WriteBehindStore(written, MOST_BYTES);
    private MockProcessorContext<Void, Void> context;

    /** The store behind it, and what was put there. */
    private static final class Written extends ForwardingStore {

        private final List<String> puts = new ArrayList<>();

        Written() {
            super(new MemoryStore("written"));
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {}

        @Override
        public void put(Bytes key, byte @Nullable [] value) {
            puts.add(new String(key.get(), UTF_8) + "=" + text(value));
            super.put(key, value);
        }
    }

    @BeforeEach
    void start() {
        context = context();
        store.init(context.getStateStoreContext(), store);
        context.setRecordMetadata("notifications", 0, 0);
    }

    @Test
    void shouldWriteTheLastValueOfEachKeyWithTheCommit() {
        put("a", "1");
        put("b", "1");
        put("a", "2");
        put("b", null);
        assertThat(written.puts).isEmpty();
        assertThat(get("a")).isEqualTo("2");
        assertThat(get("b")).isNull();

        store.flushCache();

        assertThat(written.puts).containsExactly("a=2", "b=null");
        store.flushCache();
        assertThat(written.puts).as("nothing twice").hasSize(2);
        assertThat(get("a")).isEqualTo("2");
    }

    @Test
    void shouldShowWhatWaitsInsteadOfWhatIsWritten() {
        put("a", "1");
        store.flushCache();

        assertThat(text(store.delete(key("a")))).isEqualTo("1");
        assertThat(get("a")).isNull();
        assertThat(store.putIfAbsent(key("a"), "2".getBytes(UTF_8))).isNull();
        assertThat(text(store.putIfAbsent(key("a"), "3".getBytes(UTF_8)))).isEqualTo("2");

        store.putAll(List.of(KeyValue.pair(key("b"), "1".getBytes(UTF_8))));
        assertThat(get("b")).isEqualTo("1");
    }

    @Test
    void shouldScanWhatWaitsToo() {
        put("c", "1");
        store.flushCache();
        put("a", "1");
        put("c", null);
        put("b", "2");

        assertThat(keys(store.range(key("a"), key("z")))).containsExactly("a", "b");
        put("c", "3");
        assertThat(keys(store.all())).containsExactly("a", "b", "c");
    }

    @Test
    void shouldNotWaitWithMoreThanItMayHoldInMemory() {
        for (int i = 0; i < 100; i++) {
            put("a", "x".repeat(1_000));
        }
        assertThat(written.puts).as("one value").isEmpty();

        for (int i = 0; i < 10; i++) {
            put("b" + i, "x".repeat(1_000));
        }

        assertThat(written.puts).isNotEmpty().hasSizeLessThan(11);
        assertThat(get("b0")).hasSize(1_000);
    }

    @Test
    void shouldDropWhatWasNotWrittenWhenItsTaskEnds() {
        put("a", "1");
        store.flushCache();
        put("a", "2");

        store.clearCache();

        assertThat(get("a")).isEqualTo("1");
        put("a", "3");
        store.init(context.getStateStoreContext(), store);
        assertThat(get("a")).isEqualTo("1");
        store.flushCache();
        assertThat(written.puts).containsExactly("a=1");
    }

    @Test
    void shouldWaitWithWhatWasPutBeforeAnythingIsProcessed() {
        MockProcessorContext<Void, Void> begun = context();
        store.init(begun.getStateStoreContext(), store);
        put("a", "1");
        store.flushCache();
        assertThat(written.puts).isEmpty();

        begun.setRecordMetadata("notifications", 0, 0);
        store.flushCache();

        assertThat(written.puts).containsExactly("a=1");
    }

    @Test
    void shouldLetWhoPutsWaitForTheCommitToo() {
        assertThat(WriteBehindStore.beforeCommit(asGiven(store), () -> put("a", "1")))
                .isTrue();

        store.flushCache();

        assertThat(written.puts).containsExactly("a=1");
        store.init(context.getStateStoreContext(), store);
        store.flushCache();
        assertThat(written.puts).as("puts after the task has started again").hasSize(1);
    }

    /** Its processor has ended, but Kafka Streams keeps the store. */
    @Test
    void shouldLetGoOfWhoPutsWhenItsTaskBecomesAStandby() {
        List<String> asked = new ArrayList<>();
        WriteBehindStore.beforeCommit(store, () -> asked.add("asked"));
        store.flushCache();

        store.clearCache();

        store.flushCache();
        assertThat(asked).containsExactly("asked");
    }

    @Test
    void shouldSayWhenAStoreWritesAtOnce() {
        assertThat(WriteBehindStore.beforeCommit(asGiven(new MemoryStore("at-once")), () -> put("a", "1")))
                .isFalse();
    }

    /** The store as Kafka Streams gives it to a processor. */
    private static KeyValueStore<Bytes, byte[]> asGiven(KeyValueStore<Bytes, byte[]> store) {
        return Stores.keyValueStoreBuilder(
                        new KeyValueBytesStoreSupplier() {
                            @Override
                            public String name() {
                                return store.name();
                            }

                            @Override
                            public KeyValueStore<Bytes, byte[]> get() {
                                return store;
                            }

                            @Override
                            public String metricsScope() {
                                return "test";
                            }
                        },
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .build();
    }

    private static MockProcessorContext<Void, Void> context() {
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "stores");
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        return new MockProcessorContext<>(options, new TaskId(0, 0), new File(System.getProperty("java.io.tmpdir")));
    }

    private void put(String key, @Nullable String value) {
        store.put(key(key), value == null ? null : value.getBytes(UTF_8));
    }

    private @Nullable String get(String key) {
        return text(store.get(key(key)));
    }

    private static Bytes key(String key) {
        return Bytes.wrap(key.getBytes(UTF_8));
    }

    private static @Nullable String text(byte @Nullable [] value) {
        return value == null ? null : new String(value, UTF_8);
    }

    private static List<String> keys(KeyValueIterator<Bytes, byte[]> entries) {
        List<String> keys = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(entry -> keys.add(new String(entry.key.get(), UTF_8)));
        }
        return keys;
    }
}
