package io.callweave.runtime.startup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
class ClusterIT {

    @Test
    void shouldNameTheServersThatDoNotAnswer() {
        // Port 1 is never served.
        Map<String, Object> client = Map.of("bootstrap.servers", "127.0.0.1:1");

        assertThatThrownBy(() -> Cluster.connect(client, Duration.ofSeconds(1)))
                .isInstanceOf(OperationsException.class)
                .hasMessage("No Kafka broker at 127.0.0.1:1 (bootstrap.servers) answered within 1 s.");
    }

    @Test
    void shouldNameTheServersThatNobodyKnows() {
        Map<String, Object> client = Map.of("bootstrap.servers", "kafka.invalid:9092");

        assertThatThrownBy(() -> Cluster.connect(client, Duration.ofSeconds(1)))
                .isInstanceOf(OperationsException.class)
                .hasMessageStartingWith("No connection to Kafka at kafka.invalid:9092 can be made: ");
    }
}
