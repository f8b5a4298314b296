package io.callweave.bridge;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How a {@link KafkaSink} sends.
 *
 * @param inFlightBytes notifications that are not confirmed take this much memory at most, but for a single larger one
 * @param producer settings of the Kafka producer, with {@code bootstrap.servers}; they win over the built-in ones
 */
public record KafkaSinkSettings(long inFlightBytes, Map<String, Object> producer, PartitionChoice partitions) {

    private static final long DEFAULT_IN_FLIGHT_BYTES = 32 << 20;

    /** Above what any broker takes in one request, so that the topics' limits decide. */
    private static final int PRODUCER_LIMIT = 1 << 30;

    public KafkaSinkSettings {
        producer = Map.copyOf(producer);
    }

    /** The producer chooses the partitions. */
    KafkaSinkSettings(long inFlightBytes, Map<String, Object> producer) {
        this(inFlightBytes, producer, PartitionChoice.BY_KEY);
    }

    public static KafkaSinkSettings of(String bootstrapServers) {
        return of(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), PartitionChoice.BY_KEY);
    }

    public static KafkaSinkSettings of(Map<String, Object> producer, PartitionChoice partitions) {
        return new KafkaSinkSettings(DEFAULT_IN_FLIGHT_BYTES, producer, partitions);
    }

    Map<String, Object> producerConfigs() {
        Map<String, Object> configs = new HashMap<>();
        configs.put(ProducerConfig.ACKS_CONFIG, "all");
        configs.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configs.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, PRODUCER_LIMIT);
        // Taken only when it is used; InFlight keeps it from filling up. A record needs some bytes more than its value.
        configs.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * PRODUCER_LIMIT);
        configs.putAll(producer);
        return configs;
    }
}
