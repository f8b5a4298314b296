package io.callweave.runtime.options;

import io.callweave.topology.StreamsOptions;
import io.callweave.topology.time.ConsumerProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The options of Kafka Streams for a cluster that runs on; {@link StreamsOptions} has those that hold everywhere. */
public final class StreamsRoleOptions {

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

    /**
     * How soon a killed instance is replaced. Until then, the group waits for it and the others cannot commit; Kafka's default
     * of 45 s is longer than a transaction may take (10 s), so they would be fenced.
     */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    private StreamsRoleOptions() {}

    /**
     * All options of an instance.
     *
     * @param partitions of {@code notifications}
     */
    public static Properties of(
            StreamsAppConfig config, int partitions, RocksDbMemory memory, ConsumerProgress clients) {
        Map<String, Object> options = new HashMap<>(config.streams());
        // A producer that refuses what a topic would take stops the topology permanently; so does one whose memory is
        // less.
        int largest = config.topics().largestRecordBytes();
        StreamsOptions.unlessGiven(
                options, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest);
        StreamsOptions.unlessGiven(
                options, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * largest);
        StreamsOptions.unlessGiven(
                options, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.MAX_BLOCK_MS_CONFIG, COMMIT_PATIENCE.toMillis());
        // So does a changelog that refuses what the store holds: the brokers' default is 1 MiB.
        StreamsOptions.unlessGiven(
                options,
                StreamsConfig.TOPIC_PREFIX,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                config.topics().internalRecordBytes());
        // A cluster can have a limit for all topics, which would delete what is not read yet.
        options.put(StreamsConfig.topicPrefix(TopicConfig.RETENTION_BYTES_CONFIG), -1);
        shareWork(options);
        options.putAll(memory.options());
        options.putAll(clients.options());
        return StreamsOptions.of(options, partitions);
    }

    /**
     * A new instance gets work only when it has caught up, and a lag of 0 is never reached: docs/decisions/0020. The protocol
     * {@code streams} knows none of these options, and warns of the number of warm-ups.
     */
    private static void shareWork(Map<String, Object> options) {
        if (ProtocolOptions.isStreams(options)) {
            return;
        }
        options.putIfAbsent(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, RECOVERY_LAG);
        options.putIfAbsent(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL.toMillis());
        options.putIfAbsent(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, WARMUPS);
        // Who sets the heartbeat alone has Kafka's session timeout in mind, which must be longer.
        if (options.keySet().stream()
                .noneMatch(option -> option.endsWith(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)
                        || option.endsWith(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG))) {
            options.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(SESSION_TIMEOUT.toMillis()));
        }
    }
}
