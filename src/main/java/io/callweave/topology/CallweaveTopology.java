package io.callweave.topology;

import io.callweave.schema.ConnectEnvelope;
import io.callweave.settings.Envelope;
import io.callweave.topology.Stage2Output.CallEmission;
import io.callweave.topology.Stage2Output.LiveUpdate;
import io.callweave.topology.Stage2Output.PartyRow;
import io.callweave.topology.Stage2Output.WindowUpdate;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.ValueMapper;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * The topology: notifications by telephony session → read, deduplicate → hop by account → unite, join, complete → calls.
 */
public final class CallweaveTopology {

    private static final String HOP = "by-account";

    /**
     * The ways out of the stages; processors name the one they take. They are the sinks themselves, which know how to write
     * what comes to them: a filter and a mapping before each would cost as much as the work.
     */
    static final String MESSAGES = HOP + "-repartition-filter";

    static final String ORDERED = "to-party-events";
    static final String REJECTED = "to-dead-letters";
    static final String FINISHED = "to-calls";
    static final String LIVE = "to-live-calls";
    static final String ROWS = "to-party-metrics";
    static final String WINDOWS = "to-window-metrics";
    static final String TOO_LATE = "to-late-letters";

    private CallweaveTopology() {}

    /** The topic between the stages. It has as many partitions as {@link Topic#NOTIFICATIONS}, for good. */
    public static String hopTopic(String applicationId) {
        return applicationId + "-" + HOP + "-repartition";
    }

    public static Topology build(TopologyConfig config) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<byte[], Stage1Output> stage1 = builder.stream(
                        Topic.NOTIFICATIONS.name(config.topicPrefix()),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(new ReceiptTime())
                                .withName("notifications"))
                .process(new NotificationProcessor.Supplier(config), Named.as("order-events"));
        KStream<byte[], Stage2Output> stage2 = stage1.repartition(Repartitioned.<byte[], Stage1Output>as(HOP)
                        .withKeySerde(Serdes.ByteArray())
                        .withValueSerde(HopMessage.SERDE)
                        .withNumberOfPartitions(config.sourcePartitions())
                        .withStreamPartitioner(new ByAccount()))
                .process(new CallProcessor.Supplier(config), Named.as("complete-calls"));

        to(Topic.PARTY_EVENTS, ORDERED, stage1, OrderedEvent.class, OrderedEvent::json, config);
        to(Topic.CALLS, FINISHED, stage2, CallEmission.class, CallEmission::json, config);
        to(Topic.LIVE_CALLS, LIVE, stage2, LiveUpdate.class, LiveUpdate::json, config);
        to(Topic.PARTY_METRICS, ROWS, stage2, PartyRow.class, PartyRow::json, config);
        to(Topic.WINDOW_METRICS, WINDOWS, stage2, WindowUpdate.class, WindowUpdate::json, config);
        // A sink for each stage: one for both would make one sub-topology of them, and so half as many tasks.
        to(Topic.DEAD_LETTERS, REJECTED, stage1, DeadLetter.class, DeadLetter::value, config);
        to(Topic.DEAD_LETTERS, TOO_LATE, stage2, DeadLetter.class, DeadLetter::value, config);
        if (config.directory()) {
            // Last: before the stages it would change the numbers of their tasks, and with these where their state
            // lies.
            builder.addGlobalStore(
                    new DirectoryStore.Builder(config.metrics()),
                    Topic.DIRECTORY.name(config.topicPrefix()),
                    Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read-directory"),
                    DirectoryReader::new);
        }
        return builder.build();
    }

    private static <V, T extends V> void to(
            Topic topic,
            String name,
            KStream<byte[], V> outputs,
            Class<T> kind,
            ValueMapper<T, byte @Nullable []> value,
            TopologyConfig config) {
        UnaryOperator<byte @Nullable []> envelope = envelope(topic, config);
        Serializer<V> serializer = (ignored, output) -> envelope.apply(value.apply(kind.cast(output)));
        outputs.to(
                topic.name(config.topicPrefix()),
                Produced.<byte[], V>with(Serdes.ByteArray(), Serdes.serdeFrom(serializer, new WrittenOnly<>()))
                        .withName(name));
    }

    /** Only on the way out: what is compared and kept has none. */
    private static UnaryOperator<byte @Nullable []> envelope(Topic topic, TopologyConfig config) {
        return config.envelope() == Envelope.CONNECT && topic.isTable()
                ? ConnectEnvelope.of(topic.suffix())::wrap
                : value -> value;
    }

    /** What goes out is not read back. */
    private static final class WrittenOnly<V> implements Deserializer<V> {

        @Override
        public V deserialize(String topic, byte[] value) {
            throw new UnsupportedOperationException("The topic " + topic + " is only written.");
        }
    }

    /** An event goes where its account is at home; a mark of the clock goes everywhere. */
    private static final class ByAccount implements StreamPartitioner<byte[], Stage1Output> {

        @Override
        public Optional<Set<Integer>> partitions(String topic, byte[] key, Stage1Output message, int numPartitions) {
            if (message instanceof HopMessage.Event event) {
                byte[] account = event.session().accountId().getBytes(StandardCharsets.UTF_8);
                return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(account)) % numPartitions));
            }
            return Optional.of(IntStream.range(0, numPartitions).boxed().collect(Collectors.toUnmodifiableSet()));
        }
    }
}
