package io.callweave.topology;

import io.callweave.topology.Stage2Output.CallEmission;
import io.callweave.topology.Stage2Output.LiveUpdate;
import io.callweave.topology.Stage2Output.PartyRow;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
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

    /** The ways out of the stages; processors name the one they take, or every record would be held to every filter. */
    static final String MESSAGES = "only-messages";

    static final String ORDERED = "only-ordered";
    static final String REJECTED = "only-rejected";
    static final String FINISHED = "only-finished";
    static final String LIVE = "only-live";
    static final String ROWS = "only-rows";
    static final String TOO_LATE = "only-too-late";

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
        KStream<byte[], Stage2Output> stage2 = only(HopMessage.class, stage1, MESSAGES)
                .repartition(Repartitioned.<byte[], HopMessage>as(HOP)
                        .withKeySerde(Serdes.ByteArray())
                        .withValueSerde(HopMessage.SERDE)
                        .withNumberOfPartitions(config.sourcePartitions())
                        .withStreamPartitioner(new ByAccount()))
                .process(new CallProcessor.Supplier(config), Named.as("complete-calls"));

        to(Topic.PARTY_EVENTS, "party-events", only(OrderedEvent.class, stage1, ORDERED), OrderedEvent::json, config);
        to(Topic.CALLS, "calls", only(CallEmission.class, stage2, FINISHED), CallEmission::json, config);
        to(Topic.LIVE_CALLS, "live-calls", only(LiveUpdate.class, stage2, LIVE), LiveUpdate::json, config);
        to(Topic.PARTY_METRICS, "party-metrics", only(PartyRow.class, stage2, ROWS), PartyRow::json, config);
        // A sink for each stage: one for both would make one sub-topology of them, and so half as many tasks.
        to(Topic.DEAD_LETTERS, "dead-letters", only(DeadLetter.class, stage1, REJECTED), DeadLetter::value, config);
        to(Topic.DEAD_LETTERS, "late-letters", only(DeadLetter.class, stage2, TOO_LATE), DeadLetter::value, config);
        return builder.build();
    }

    /** The outputs of one kind. */
    private static <V, T extends V> KStream<byte[], T> only(Class<T> kind, KStream<byte[], V> outputs, String name) {
        return outputs.filter((key, output) -> kind.isInstance(output), Named.as(name))
                .mapValues(kind::cast, Named.as(name.replace("only-", "as-")));
    }

    private static <T> void to(
            Topic topic,
            String name,
            KStream<byte[], T> outputs,
            ValueMapper<T, byte @Nullable []> value,
            TopologyConfig config) {
        outputs.mapValues(value, Named.as("bytes-of-" + name))
                .to(
                        topic.name(config.topicPrefix()),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("to-" + name));
    }

    /** An event goes where its account is at home; a mark of the clock goes everywhere. */
    private static final class ByAccount implements StreamPartitioner<byte[], HopMessage> {

        @Override
        public Optional<Set<Integer>> partitions(String topic, byte[] key, HopMessage message, int numPartitions) {
            if (message instanceof HopMessage.Event event) {
                byte[] account = event.session().accountId().getBytes(StandardCharsets.UTF_8);
                return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(account)) % numPartitions));
            }
            return Optional.of(IntStream.range(0, numPartitions).boxed().collect(Collectors.toUnmodifiableSet()));
        }
    }
}
