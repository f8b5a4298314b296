package io.callweave.runtime.options;

import io.callweave.runtime.progress.ProgressLimits;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.StoreNames;
import io.callweave.topology.StreamsOptions;
import io.callweave.topology.TopologyOptions;
import io.callweave.topology.time.ConsumerProgress;
import io.callweave.topology.time.SourceProgress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a {@code StreamsRole} runs with.
 *
 * @param progress when work counts as standing still
 * @param readAhead what the topology sees of what the consumers have read; tests can slow it down
 */
public record StreamsRoleOptions(
        RoleOptions role, TopologyOptions topology, ProgressLimits progress, UnaryOperator<SourceProgress> readAhead) {

    /** In records of all changelogs of a task together; restored in well under a second. */
    static final long RECOVERY_LAG = 10_000;

    /** The shortest that Kafka Streams allows; its default is 10 minutes. */
    static final Duration PROBING_INTERVAL = Duration.ofMinutes(1);

    /** More than there are tasks: each round of probing moves all that has caught up. Kafka Streams' default is 2. */
    static final int WARMUPS = 100;

    /**
     * How long a commit waits for brokers that do not answer. When it gives up, after a minute by default, Kafka Streams goes
     * on without ending that commit, and its thread fails at the next record that it sends (Kafka 4.3.1): an outage of some
     * minutes would use up all replacements. A commit that waits ends when brokers are back.
     */
    static final Duration COMMIT_PATIENCE = Duration.ofDays(1);

    /** That of Kafka Streams under exactly-once. */
    private static final Duration STREAMS_TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

    /** With the time of a rebalance, well below a minute. */
    static final Duration METADATA_AGE = Duration.ofSeconds(20);

    /**
     * Checks the options of Kafka Streams.
     *
     * @throws io.callweave.settings.SettingsException if one is set that the topology owns, or that the group protocol does not
     *     have, if no thread would process anything, or if internal topics would refuse what has to go there
     */
    public StreamsRoleOptions {
        OwnedOptions.refuse(role.streams());
        ProtocolOptions.check(role.installation(), role.streams());
        role.checkThreads();
        // A record that an internal topic refuses stops its partition.
        WholeNumberOption.checkAtLeast(
                role.topics().internalRecordBytes(),
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                role.streams(),
                ", because of notifications.max-bytes");
    }

    public static StreamsRoleOptions of(Settings settings) {
        return new StreamsRoleOptions(
                RoleOptions.of(settings),
                TopologyOptions.of(settings),
                ProgressLimits.DEFAULT,
                UnaryOperator.identity());
    }

    /**
     * All options of Kafka Streams.
     *
     * @param partitions of {@code notifications}
     */
    public Properties kafkaStreams(int partitions, RocksDbMemory memory, ConsumerProgress clients) {
        Map<String, Object> options = role.kafkaStreams(memory);
        // One with less memory than a record takes stops the topology permanently, too.
        StreamsOptions.unlessGiven(
                options,
                StreamsConfig.PRODUCER_PREFIX,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2L * role.topics().largestRecordBytes());
        StreamsOptions.unlessGiven(
                options, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.MAX_BLOCK_MS_CONFIG, COMMIT_PATIENCE.toMillis());
        // So soon it reads partitions that are added; by default, after up to five minutes.
        StreamsOptions.unlessGiven(
                options,
                StreamsConfig.MAIN_CONSUMER_PREFIX,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                METADATA_AGE.toMillis());
        // A cluster can have a limit for all topics, which would delete what is not read yet.
        options.put(StreamsConfig.topicPrefix(TopicConfig.RETENTION_BYTES_CONFIG), -1);
        // A new instance gets work only when it has caught up, and a lag of 0 is never reached: docs/decisions/0020.
        // The
        // protocol streams knows none of these options, and warns of the number of warm-ups.
        if (!ProtocolOptions.isStreams(options)) {
            options.putIfAbsent(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, RECOVERY_LAG);
            options.putIfAbsent(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL.toMillis());
            options.putIfAbsent(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, WARMUPS);
        }
        options.putAll(clients.options());
        return StreamsOptions.of(options, partitions);
    }

    /** A step that takes longer is undone and repeated. */
    public Duration transactionTimeout() {
        String option = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
        Object given = role.streams()
                .getOrDefault(
                        StreamsConfig.producerPrefix(option),
                        role.streams().getOrDefault(option, STREAMS_TRANSACTION_TIMEOUT.toMillis()));
        return Duration.ofMillis(Long.parseLong(String.valueOf(given)));
    }

    /** Notifications must be kept for this long. */
    public Duration shortestRetention() {
        return topology.calls().lateWindow().plus(topology.calls().waits().maxIdle());
    }

    public String hopTopic() {
        return CallweaveTopology.hopTopic(role.installation());
    }

    /** The changelogs of all stores. */
    public List<String> changelogs() {
        return StoreNames.ALL.stream()
                .map(store -> role.installation() + "-" + store + "-changelog")
                .toList();
    }

    /**
     * All topics without which it cannot work.
     *
     * @param inputs the optional topics that it reads
     */
    public Set<String> neededTopics(Set<Topic> inputs) {
        Set<String> needed = new HashSet<>(Set.of(hopTopic()));
        needed.addAll(changelogs());
        role.topics().topics().stream()
                .filter(topic -> !topic.isOptional() || inputs.contains(topic))
                .map(role.topics()::name)
                .forEach(needed::add);
        return needed;
    }

    /** Whether a topic is one that the topology reads or writes, internal ones included. */
    public boolean isOwnTopic(String name) {
        return name.startsWith(role.installation() + "-")
                || Arrays.stream(Topic.values()).map(role.topics()::name).anyMatch(name::equals);
    }

    /** A static member keeps its place in the group while it restarts, so it must not leave when it stops. */
    public boolean isStaticMember() {
        return role.streams().keySet().stream()
                .anyMatch(option -> option.endsWith(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
    }
}
