package io.callweave.bridge;

import io.callweave.topology.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where an {@link Intake} publishes, and its limits.
 *
 * @param prefix of the topics' names
 * @param inFlightBytes notifications that are not confirmed take this much memory at most, but for a single larger one
 * @param producer settings of the Kafka producer, with {@code bootstrap.servers}; they win over the built-in ones
 */
public record IntakeSettings(String prefix, long inFlightBytes, Map<String, Object> producer) {

    private static final long DEFAULT_IN_FLIGHT_BYTES = 32 << 20;

    /** Above what any broker takes in one request, so that the topics' limits decide. */
    private static final int PRODUCER_LIMIT = 1 << 30;

    public IntakeSettings {
        producer = Map.copyOf(producer);
    }

    public static IntakeSettings of(String bootstrapServers) {
        return new IntakeSettings(
                Topic.DEFAULT_PREFIX,
                DEFAULT_IN_FLIGHT_BYTES,
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    public IntakeSettings withPrefix(String newPrefix) {
        return new IntakeSettings(newPrefix, inFlightBytes, producer);
    }

    /** With these options on top. */
    public IntakeSettings withProducer(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(producer);
        all.putAll(options);
        return new IntakeSettings(prefix, inFlightBytes, all);
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
