package io.callweave.topology;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * The topology: notifications by telephony session → read, deduplicate → hop by account → unite, join, complete → calls.
 */
public final class CallweaveTopology {

    private static final String HOP = "by-account";

    private CallweaveTopology() {}

    /** The topic between the stages. It has as many partitions as {@link Topic#NOTIFICATIONS}, for good. */
    public static String hopTopic(String applicationId) {
        return applicationId + "-" + HOP + "-repartition";
    }

    public static Topology build(TopologyConfig config) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        Topic.NOTIFICATIONS.name(config.topicPrefix()),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("notifications"))
                .process(new NotificationProcessor.Supplier(config), Named.as("read-notifications"))
                .split(Named.as("stage1-"))
                .branch(
                        (key, output) -> output instanceof DeadLetter,
                        Branched.<byte[], Stage1Output>withConsumer(rejected -> toDeadLetters(rejected, config))
                                .withName("rejected"))
                .defaultBranch(Branched.<byte[], Stage1Output>withConsumer(messages ->
                                toCalls(messages.mapValues(HopMessage.class::cast, Named.as("messages")), config))
                        .withName("accepted"));
        return builder.build();
    }

    private static void toDeadLetters(KStream<byte[], Stage1Output> rejected, TopologyConfig config) {
        rejected.mapValues(output -> ((DeadLetter) output).value(), Named.as("rejected-bytes"))
                .to(
                        Topic.DEAD_LETTERS.name(config.topicPrefix()),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("dead-letters"));
    }

    private static void toCalls(KStream<byte[], HopMessage> messages, TopologyConfig config) {
        messages.repartition(Repartitioned.<byte[], HopMessage>as(HOP)
                        .withKeySerde(Serdes.ByteArray())
                        .withValueSerde(HopMessage.SERDE)
                        .withNumberOfPartitions(config.sourcePartitions())
                        .withStreamPartitioner(new ByAccount()))
                .process(new CallProcessor.Supplier(config), Named.as("complete-calls"))
                .mapValues(CallEmission::json, Named.as("call-records"))
                .to(
                        Topic.CALLS.name(config.topicPrefix()),
                        Produced.with(Serdes.String(), Serdes.ByteArray()).withName("calls"));
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
