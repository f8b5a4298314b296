package io.callweave.runtime.startup;

import io.callweave.runtime.options.StreamsRoleOptions;
import io.callweave.topics.HostedTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the internal topic between router and stage, as Kafka Streams would. Its consumers ask for the topic before
 * Kafka Streams creates it, and each first start would warn that it is missing.
 */
public final class HopTopic {

    private static final Logger LOG = LoggerFactory.getLogger(HopTopic.class);

    /** That of Kafka Streams 4.3.1. */
    private static final String SEGMENT_BYTES = "52428800";

    private static final String WITHOUT_END = "-1";

    private HopTopic() {}

    /** If this fails, Kafka Streams creates the topic, or says why it cannot. */
    public static void create(Cluster cluster, StreamsRoleOptions options, int partitions) {
        NewTopic topic = new NewTopic(options.hopTopic(), Optional.of(partitions), replication(options))
                .configs(configs(options));
        try {
            cluster.admin().createTopics(List.of(topic)).all().get(Cluster.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            HostedTopics.await(cluster.admin(), Set.of(options.hopTopic()));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                LOG.debug("The topic {} was not created before the start.", options.hopTopic(), e);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Optional<Short> replication(StreamsRoleOptions options) {
        Object given = options.role().streams().get(StreamsConfig.REPLICATION_FACTOR_CONFIG);
        return given == null ? Optional.empty() : Optional.of(Short.valueOf(String.valueOf(given)));
    }

    /** Options of topics that users set win, as with Kafka Streams. */
    static Map<String, String> configs(StreamsRoleOptions options) {
        Map<String, String> configs = new HashMap<>(Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                WITHOUT_END,
                // A cluster can have a limit for all topics.
                TopicConfig.RETENTION_BYTES_CONFIG,
                WITHOUT_END,
                TopicConfig.SEGMENT_BYTES_CONFIG,
                SEGMENT_BYTES,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "CreateTime",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(options.role().topics().internalRecordBytes())));
        options.role().streams().forEach((option, value) -> {
            if (option.startsWith(StreamsConfig.TOPIC_PREFIX)) {
                configs.put(option.substring(StreamsConfig.TOPIC_PREFIX.length()), String.valueOf(value));
            }
        });
        return configs;
    }
}
