package io.callweave.bench.windows;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.CommitCallback;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.processor.internals.metrics.StreamsMetricsImpl;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Opens a RocksDB store as Kafka Streams does for a task, but without a task: there is no changelog, and nothing is
 * restored.
 */
final class LoneStore implements AutoCloseable {

    private final Metrics metrics = new Metrics();
    private final KeyValueStore<Bytes, byte[]> store;

    LoneStore(String name, Path directory) {
        store = Stores.persistentKeyValueStore(name).get();
        // Stores accept only the metrics class of Kafka Streams itself, so this uses its internals.
        StreamsMetricsImpl streamsMetrics = new StreamsMetricsImpl(metrics, name, Time.SYSTEM);
        store.init(new Context(directory.toFile(), streamsMetrics), store);
    }

    KeyValueStore<Bytes, byte[]> store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        metrics.close();
    }

    private record Context(File stateDir, StreamsMetrics metrics) implements StateStoreContext {

        @Override
        public String applicationId() {
            return "lone";
        }

        @Override
        public TaskId taskId() {
            return new TaskId(0, 0);
        }

        @Override
        public Optional<RecordMetadata> recordMetadata() {
            return Optional.empty();
        }

        @Override
        public Serde<?> keySerde() {
            return Serdes.Bytes();
        }

        @Override
        public Serde<?> valueSerde() {
            return Serdes.ByteArray();
        }

        @Override
        public void register(StateStore added, StateRestoreCallback restore) {
            // Nothing is restored.
        }

        @Override
        public void register(StateStore added, StateRestoreCallback restore, CommitCallback commit) {
            // As above, and nothing is committed.
        }

        @Override
        public Map<String, Object> appConfigs() {
            return Map.of(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, Sensor.RecordingLevel.INFO.name());
        }

        @Override
        public Map<String, Object> appConfigsWithPrefix(String prefix) {
            return Map.of();
        }
    }
}
