package io.callweave.deliver.app;

import io.callweave.deliver.receipt.CommitListener;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterListener;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.runtime.options.RocksDbMemory;
import io.callweave.settings.SettingsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The options of Kafka Streams for the deliverer. */
final class DeliverOptions {

    /** A delivery is posted after the commit of the record that made it, so this is part of each latency. */
    static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    /** An idle thread looks for ended posts and for what is due between polls. */
    static final Duration IDLE_POLL = Duration.ofMillis(20);

    /** As that of the topology: how soon a killed instance is replaced. */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    /** As it will be from Kafka 5.0 on, or every start warns. The constant is deprecated, the option is not. */
    private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

    private static final Set<String> OWNED = Set.of(
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG);

    private DeliverOptions() {}

    /** @throws SettingsException if one of these is set: the order of posts and their survival depend on them */
    static void refuse(Map<String, Object> given) {
        for (String option : new TreeSet<>(given.keySet())) {
            if (OWNED.stream().anyMatch(owned -> option.toLowerCase(Locale.ROOT).endsWith(owned))) {
                throw new SettingsException(
                        "Kafka's option " + option
                                + " cannot be set for deliver, neither as streams. nor as kafka.: no webhook may be lost or overtaken.");
            }
        }
    }

    /** @param server where other instances find the status of this one, as host and port */
    static Properties of(
            DeliverAppConfig config,
            RocksDbMemory memory,
            CommittedOffsets committed,
            DeadLetterReceipts deadLetters,
            String server) {
        Map<String, Object> options = new HashMap<>();
        int largest = config.topics().largestRecordBytes();
        options.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        options.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
        options.put(GLOBAL_HANDLER, true);
        options.put(StreamsConfig.mainConsumerPrefix(GLOBAL_HANDLER), true);
        options.put(StreamsConfig.POLL_MS_CONFIG, IDLE_POLL.toMillis());
        options.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        options.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largest);
        options.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 4L * largest);
        options.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                config.topics().internalRecordBytes());
        options.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(SESSION_TIMEOUT.toMillis()));
        options.put(StreamsConfig.APPLICATION_SERVER_CONFIG, server);
        options.putAll(config.streams());
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        options.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        options.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                IsolationLevel.READ_COMMITTED.toString());
        options.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        options.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                CommitListener.class.getName());
        options.put(StreamsConfig.mainConsumerPrefix(CommitListener.OPTION), committed);
        options.put(
                StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG),
                DeadLetterListener.class.getName());
        options.put(StreamsConfig.producerPrefix(DeadLetterListener.OPTION), deadLetters);
        options.putAll(memory.options());
        Properties properties = new Properties();
        properties.putAll(options);
        return properties;
    }
}
