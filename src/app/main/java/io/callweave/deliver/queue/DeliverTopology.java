package io.callweave.deliver.queue;

import io.callweave.topology.directory.DirectoryStore;
import io.callweave.topology.state.WholeTopicStore;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The topology of the deliverer: one processor reads all topics, partition by partition, so that what concerns a call is in one
 * queue. Subscriptions are in a global store.
 */
public final class DeliverTopology {

    static final String DELIVERIES = "deliveries";
    static final String FAILING = "failing";
    static final String SUBSCRIPTIONS = "subscriptions";
    static final String SUBSCRIPTIONS_SINK = "subscriptions-sink";
    static final String DEAD_LETTERS_SINK = "dead-letters-sink";

    private static final String RECORDS = "records";
    private static final String REQUESTS = "requests";
    private static final String DELIVERER = "deliverer";

    private DeliverTopology() {}

    private static final long BEFORE_OTHERS_MS = Duration.ofDays(1).toMillis();

    /**
     * Builds it.
     *
     * @param topics that it reads and writes
     */
    public static Topology build(DeliverServices services, DeliverTopics topics) {
        var text = Serdes.String();
        var bytes = Serdes.ByteArray();
        Topology topology = new Topology();
        String[] sources = {topics.calls(), topics.liveCalls(), topics.partyEvents()};
        topology.addSource(RECORDS, text.deserializer(), bytes.deserializer(), sources);
        // A task takes the oldest record first: a request would wait for all that is not read yet of others. Brokers
        // can refuse times
        // that are long ago in what the state is kept in.
        topology.addSource(
                AutoOffsetReset.earliest(),
                REQUESTS,
                (record, partitionTime) -> Math.max(0, record.timestamp() - BEFORE_OTHERS_MS),
                text.deserializer(),
                bytes.deserializer(),
                topics.requests());
        topology.addProcessor(DELIVERER, () -> new DeliveryProcessor(services, topics), RECORDS, REQUESTS);
        topology.addStateStore(store(DELIVERIES, Serdes.Bytes()), DELIVERER);
        topology.addStateStore(store(FAILING, text), DELIVERER);
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(SUBSCRIPTIONS), text, bytes)
                        .withLoggingDisabled(),
                "subscriptions-source",
                text.deserializer(),
                bytes.deserializer(),
                topics.subscriptions(),
                "subscriptions-reader",
                () -> new SubscriptionReader(services.subscriptions()));
        DirectoryStore names = services.names();
        if (names != null) {
            topology.addGlobalStore(
                    new WholeTopicStore.Builder<>(DirectoryStore.NAME, () -> names),
                    "directory-source",
                    bytes.deserializer(),
                    bytes.deserializer(),
                    topics.directory(),
                    "directory-reader",
                    () -> new WholeTopicStore.Reader(DirectoryStore.NAME));
        }
        topology.addSink(SUBSCRIPTIONS_SINK, topics.subscriptions(), text.serializer(), bytes.serializer(), DELIVERER);
        topology.addSink(DEAD_LETTERS_SINK, topics.deadLetters(), text.serializer(), bytes.serializer(), DELIVERER);
        return topology;
    }

    /**
     * The subscriptions as an instance has read them.
     *
     * @throws RuntimeException if it has not, or has ended
     */
    public static ReadOnlyKeyValueStore<String, byte[]> subscriptions(KafkaStreams streams) {
        return streams.store(StoreQueryParameters.fromNameAndType(
                SUBSCRIPTIONS, QueryableStoreTypes.<String, byte[]>keyValueStore()));
    }

    /** The changelog of the queues. */
    public static String changelog(String applicationId) {
        return applicationId + "-" + DELIVERIES + "-changelog";
    }

    private static <K> StoreBuilder<KeyValueStore<K, byte[]>> store(String name, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** Keeps the global store. */
    private static final class SubscriptionReader implements Processor<String, byte[], Void, Void> {

        private final SubscriptionTable table;
        private @Nullable KeyValueStore<String, byte[]> store;
        private @Nullable ProcessorContext<Void, Void> place;

        SubscriptionReader(SubscriptionTable table) {
            this.table = table;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            place = context;
            store = context.getStateStore(SUBSCRIPTIONS);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            KeyValueStore<String, byte[]> subscriptions = store;
            ProcessorContext<Void, Void> context = place;
            if (subscriptions != null && context != null && record.key() != null) {
                subscriptions.put(record.key(), record.value());
                context.recordMetadata()
                        .ifPresentOrElse(at -> table.changed(at.partition(), at.offset()), table::changed);
            }
        }
    }
}
