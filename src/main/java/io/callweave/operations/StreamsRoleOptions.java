package io.callweave.operations;

import io.callweave.topology.ConsumerReadAhead;
import io.callweave.topology.StreamsOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The options of Kafka Streams for a cluster that runs on; {@link StreamsOptions} has those that hold everywhere. */
final class StreamsRoleOptions {

    private StreamsRoleOptions() {}

    static Properties of(StreamsAppConfig config, RocksDbMemory memory, ConsumerReadAhead clients) {
        Map<String, Object> options = new HashMap<>(config.streams());
        // A producer that refuses what a topic would take stops the topology for good; so does one whose memory is
        // less.
        int largest = config.topics().largestRecordBytes();
        unlessGiven(options, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest);
        unlessGiven(options, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * largest);
        // So does a changelog that refuses what the store holds: the brokers' default is 1 MiB.
        unlessGiven(
                options,
                StreamsConfig.TOPIC_PREFIX,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                config.topics().internalRecordBytes());
        // A standby takes over only when it has everything; see apache/kafka pull 12540.
        options.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, 0L);
        options.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        options.put(RocksDbMemory.OPTION, memory);
        options.putAll(clients.options());
        return StreamsOptions.of(options);
    }

    /** With a prefix it would win over what was given without. */
    private static void unlessGiven(Map<String, Object> options, String prefix, String option, Object value) {
        if (!options.containsKey(option)) {
            options.putIfAbsent(prefix + option, value);
        }
    }
}
