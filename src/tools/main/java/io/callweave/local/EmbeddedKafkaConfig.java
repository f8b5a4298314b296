package io.callweave.local;

import io.callweave.checks.Check;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where and how an {@link EmbeddedKafka} runs.
 *
 * @param directory holds the broker's data and is created if it is missing; one that an earlier run left is used again
 * @param port of the broker on 127.0.0.1; 0 takes a free one
 * @param overrides Kafka broker settings that win over the built-in ones
 */
public record EmbeddedKafkaConfig(Path directory, int port, Map<String, String> overrides) {

    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException if the port is none
     */
    public EmbeddedKafkaConfig {
        Check.port("The port of the broker", port);
        overrides = Map.copyOf(overrides);
    }

    /** A free port and no overrides. */
    public static EmbeddedKafkaConfig in(Path directory) {
        return new EmbeddedKafkaConfig(directory, 0, Map.of());
    }

    public EmbeddedKafkaConfig withPort(int newPort) {
        return new EmbeddedKafkaConfig(directory, newPort, overrides);
    }

    public EmbeddedKafkaConfig withOverrides(Map<String, String> newOverrides) {
        return new EmbeddedKafkaConfig(directory, port, newOverrides);
    }
}
