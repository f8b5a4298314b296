package io.callweave.bench.throughput;

import io.callweave.topics.Topic;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology's flow without its work. For each notification it writes one value to the store of its session, one
 * record to the topic by account, one value to the store of its account, and one record out. It reads and folds
 * nothing, and emits no calls. No topology that keeps order by session and joins by account can be faster.
 */
final class Plumbing {

    private static final String BY_SESSION = "by-session";
    private static final String BY_ACCOUNT = "by-account";
    private static final byte[] ORDER = new byte[128];

    private Plumbing() {}

    /**
     * Builds it.
     *
     * @param hop the topic between the stages, empty
     * @param out the topic that each notification goes to unchanged
     * @param done counts the notifications that went all the way
     */
    static Topology build(String prefix, String hop, String out, LongAdder done) {
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        ByteArraySerializer bytes = new ByteArraySerializer();
        Topology topology = new Topology();
        topology.addSource("notifications", in, in, Topic.NOTIFICATIONS.name(prefix));
        topology.addProcessor("keep-order", new Stage(BY_SESSION, true, new LongAdder()), "notifications");
        topology.addSink("to-hop", hop, bytes, bytes, "keep-order");
        topology.addSink("to-out", out, bytes, bytes, "keep-order");
        topology.addSource("hop", in, in, hop);
        topology.addProcessor("keep-event", new Stage(BY_ACCOUNT, false, done), "hop");
        return topology;
    }

    /** Stores one value, and passes the record on if it is the first stage. */
    private record Stage(String store, boolean first, LongAdder done)
            implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

        @Override
        public Processor<byte[], byte[], byte[], byte[]> get() {
            return new Keeper(this);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray())
                    .withLoggingEnabled(Map.of()));
        }
    }

    private static final class Keeper implements Processor<byte[], byte[], byte[], byte[]> {

        private final Stage stage;
        private ProcessorContext<byte[], byte[]> context;
        private KeyValueStore<Bytes, byte[]> kept;

        @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
        Keeper(Stage stage) {
            this.stage = stage;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> given) {
            context = given;
            kept = given.getStateStore(stage.store());
        }

        @Override
        public void process(Record<byte[], byte[]> notification) {
            kept.put(Bytes.wrap(notification.key()), stage.first() ? ORDER : notification.value());
            if (stage.first()) {
                context.forward(notification);
            }
            stage.done().increment();
        }
    }
}
