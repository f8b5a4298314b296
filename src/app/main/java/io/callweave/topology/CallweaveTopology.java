package io.callweave.topology;

import io.callweave.schema.ConnectEnvelope;
import io.callweave.settings.value.ValueEnvelope;
import io.callweave.topics.Topic;
import io.callweave.topology.directory.DirectoryStore;
import io.callweave.topology.fairness.ThreadTime;
import io.callweave.topology.feedgap.FeedGapStore;
import io.callweave.topology.message.DeadLetter;
import io.callweave.topology.message.HomePartitioner;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionMemory;
import io.callweave.topology.state.WholeTopicStore;
import io.callweave.topology.time.CommitSchedule;
import io.callweave.topology.time.ReceiptTimestampExtractor;
import io.callweave.topology.time.RecordedOrderProcessor;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.ValueMapper;
import org.jspecify.annotations.Nullable;

/**
 * The topology: notifications by telephony session → route to the account → read, order, unite, join, complete → calls.
 */
public final class CallweaveTopology {

    private static final String HOP = "routed";

    /**
     * The outputs of router and stage; processors name the one they take. They are the sinks themselves, which know how to write
     * what comes to them: a filter and a mapping before each would cost as much as the work.
     */
    static final String MESSAGES = HOP + "-repartition-filter";

    /** Leads to the stage of the same task. */
    static final String OWN_MESSAGES = "merge-own";

    static final String REJECTED = "to-dead-letters";
    static final String UNUSABLE = "to-stage-dead-letters";

    private static final Map<Topic, String> SINKS = StageOutput.TOPICS.stream()
            .collect(Collectors.toUnmodifiableMap(topic -> topic, topic -> "to-" + topic.suffix()));

    private CallweaveTopology() {}

    /** The name of the sink of what the stage writes to this topic. */
    public static String sink(Topic topic) {
        return Objects.requireNonNull(SINKS.get(topic), topic::name);
    }

    /** The topic between router and stage. It gets as many partitions as {@link Topic#NOTIFICATIONS}, and keeps that number. */
    public static String hopTopic(String applicationId) {
        return applicationId + "-" + HOP + "-repartition";
    }

    public static Topology build(TopologyConfig config) {
        return build(config, new RecordAttempts(System::nanoTime, repeated -> {}));
    }

    /**
     * Builds it.
     *
     * @param attempts notes which records router and stage begin
     */
    public static Topology build(TopologyConfig config, RecordAttempts attempts) {
        StreamsBuilder builder = new StreamsBuilder();
        // By account, one account can flood a partition of notifications; those of other partitions do not wait for it.
        String forAll = config.options().skipsHop()
                ? ""
                : Topic.NOTIFICATIONS.name(config.options().topicPrefix());
        CommitSchedule commits = new CommitSchedule(config.clock().readAhead(), forAll, System::nanoTime);
        ThreadLocal<ThreadTime> times = ThreadLocal.withInitial(
                () -> new ThreadTime(config.clock().step().nanoTime().getAsLong()));
        SessionMemory memory = new SessionMemory(Runtime.getRuntime().maxMemory());
        KStream<byte[], RouterOutput> routed = builder.stream(
                        Topic.NOTIFICATIONS.name(config.options().topicPrefix()),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(new ReceiptTimestampExtractor())
                                .withName("notifications"))
                .process(
                        new NotedRecords.Supplier<>(
                                new NotificationRouter.Supplier(config, commits, times), attempts, ""),
                        Named.as("route-to-account"));
        // The explicit number stays when notifications gets more, and lets a sub-topology read what it writes.
        KStream<byte[], RouterOutput> messages = routed.repartition(Repartitioned.<byte[], RouterOutput>as(HOP)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(RepartitionMessage.serde())
                .withNumberOfPartitions(config.partitions().homes())
                .withStreamPartitioner(new HomePartitioner()));
        if (config.options().skipsHop()) {
            messages = messages.merge(routed, Named.as(OWN_MESSAGES));
        }
        if (config.clock().inOrder() && config.partitions().homes() > 1) {
            messages = messages.process(
                    new RecordedOrderProcessor.Supplier(
                            config.partitions().homes(), config.clock().step()),
                    Named.as("in-recorded-order"));
        }
        KStream<byte[], StageOutput> stage = messages.process(
                new NotedRecords.Supplier<>(
                        new StageProcessor.Supplier(config, commits, memory, times),
                        attempts,
                        config.options().skipsHop()
                                ? Topic.NOTIFICATIONS.name(config.options().topicPrefix())
                                : ""),
                Named.as("assemble-calls"));

        for (Topic topic : StageOutput.TOPICS) {
            to(topic, sink(topic), stage, StageOutput.OfAccount.class, StageOutput.OfAccount::json, config);
        }
        // A sink for each: one for both would make one sub-topology of router and stage.
        to(Topic.DEAD_LETTERS, REJECTED, routed, DeadLetter.class, DeadLetter::value, config);
        to(Topic.DEAD_LETTERS, UNUSABLE, stage, DeadLetter.class, DeadLetter::value, config);
        // Last: elsewhere they would change the numbers of the tasks, and with these where their state lies.
        readWhole(
                Topic.DIRECTORY,
                DirectoryStore.NAME,
                () -> new DirectoryStore(config.metrics()::directoryEntries, config.metrics()::directoryRejected),
                config,
                builder);
        readWhole(Topic.FEED_GAPS, FeedGapStore.NAME, () -> new FeedGapStore(config.metrics()), config, builder);
        return builder.build();
    }

    private static <S extends WholeTopicStore> void readWhole(
            Topic topic, String name, Supplier<S> store, TopologyConfig config, StreamsBuilder builder) {
        if (config.inputs().contains(topic)) {
            builder.addGlobalStore(
                    new WholeTopicStore.Builder<>(name, store),
                    topic.name(config.options().topicPrefix()),
                    Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read-" + name),
                    () -> new WholeTopicStore.Reader(name));
        }
    }

    private static <V, T extends V> void to(
            Topic topic,
            String name,
            KStream<byte[], V> outputs,
            Class<T> kind,
            ValueMapper<T, byte @Nullable []> value,
            TopologyConfig config) {
        if (config.options().off().contains(topic)) {
            return;
        }
        UnaryOperator<byte @Nullable []> envelope = envelope(topic, config);
        Serializer<V> serializer = (ignored, output) -> envelope.apply(value.apply(kind.cast(output)));
        outputs.to(
                topic.name(config.options().topicPrefix()),
                Produced.<byte[], V>with(Serdes.ByteArray(), Serdes.serdeFrom(serializer, new WrittenOnly<>()))
                        .withName(name));
    }

    /** Only on the way out: what is compared and kept has none. */
    private static UnaryOperator<byte @Nullable []> envelope(Topic topic, TopologyConfig config) {
        return config.options().envelope() == ValueEnvelope.CONNECT && topic.isTable()
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
}
