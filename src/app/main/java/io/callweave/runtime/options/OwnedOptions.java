package io.callweave.runtime.options;

import io.callweave.settings.SettingsException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Options of Kafka Streams that users cannot set, because the guarantees of the topology depend on them. */
public final class OwnedOptions {

    private static final String EXACTLY_ONCE =
            "every record is emitted together with the input that caused it, or not at all";
    private static final String NO_SILENT_LOSS = "no notification may be dropped without a dead letter and a count";
    private static final String STATE_NAMES = "another topology would not find the state of this one";

    private static final String KEPT_UNTIL_READ =
            "internal topics keep what is not read yet, and Kafka Streams deletes the rest";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, EXACTLY_ONCE),
            Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, EXACTLY_ONCE),
            Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, EXACTLY_ONCE),
            Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, EXACTLY_ONCE),
            Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, EXACTLY_ONCE),
            Map.entry(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "a first start reads notifications from their beginning"),
            Map.entry(
                    StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                    "a record cache with standbys can lose state under exactly-once (apache/kafka pull 12540)"),
            Map.entry(
                    "cache.max.bytes.buffering",
                    "a record cache with standbys can lose state under exactly-once (apache/kafka pull 12540)"),
            Map.entry(
                    StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
                    "all stores share the memory that state.rocksdb-memory sets"),
            Map.entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, STATE_NAMES),
            Map.entry(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, STATE_NAMES),
            Map.entry(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, STATE_NAMES),
            Map.entry(
                    StreamsConfig.DEFAULT_CLIENT_SUPPLIER_CONFIG, "the clock asks the consumers what is left to read"),
            Map.entry(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, "time is that of the records"),
            Map.entry("default.deserialization.exception.handler", NO_SILENT_LOSS),
            Map.entry("default.production.exception.handler", NO_SILENT_LOSS),
            Map.entry(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, NO_SILENT_LOSS),
            Map.entry(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, NO_SILENT_LOSS),
            Map.entry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, NO_SILENT_LOSS),
            Map.entry(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, NO_SILENT_LOSS),
            Map.entry(StreamsConfig.topicPrefix(TopicConfig.CLEANUP_POLICY_CONFIG), KEPT_UNTIL_READ),
            Map.entry(StreamsConfig.topicPrefix(TopicConfig.RETENTION_MS_CONFIG), KEPT_UNTIL_READ),
            Map.entry(StreamsConfig.topicPrefix(TopicConfig.RETENTION_BYTES_CONFIG), KEPT_UNTIL_READ),
            Map.entry(
                    StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG),
                    "time is that of the records"));

    private static final String[] CLIENT_PREFIXES = {
        StreamsConfig.MAIN_CONSUMER_PREFIX,
        StreamsConfig.RESTORE_CONSUMER_PREFIX,
        StreamsConfig.GLOBAL_CONSUMER_PREFIX,
        StreamsConfig.CONSUMER_PREFIX,
        StreamsConfig.PRODUCER_PREFIX,
        StreamsConfig.ADMIN_CLIENT_PREFIX
    };

    private OwnedOptions() {}

    /**
     * Looks whether any of these is set.
     *
     * @param given what {@code kafka.*} and {@code streams.*} came to
     * @throws SettingsException if one is
     */
    static void refuse(Map<String, Object> given) {
        refuse(given, REASONS, "");
    }

    /**
     * The same of those of another role.
     *
     * @param reasons by option
     * @param forRole such as {@code  for deliver}
     */
    public static void refuse(Map<String, Object> given, Map<String, String> reasons, String forRole) {
        new TreeMap<>(given).keySet().forEach(option -> {
            String reason = reasons.get(withoutPrefix(option));
            if (reason != null) {
                throw new SettingsException("Kafka's option " + option + " cannot be set" + forRole
                        + ", neither as streams. nor as kafka.: " + reason + ".");
            }
        });
    }

    static String withoutPrefix(String option) {
        for (String prefix : CLIENT_PREFIXES) {
            if (option.startsWith(prefix)) {
                return option.substring(prefix.length());
            }
        }
        return option;
    }
}
