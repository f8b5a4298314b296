package io.callweave.container;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * One Kafka container for all container tests of a run. Its image is never pulled: a test that waits minutes for a registry
 * that it cannot reach helps nobody.
 */
@Tag("programs")
abstract class KafkaContainerSupport {

    @BeforeAll
    static void requireKafka() throws InterruptedException {
        ContainerTools.require(ContainerTools.KAFKA_IMAGE);
    }

    static String bootstrapServers() {
        return Running.KAFKA.getBootstrapServers();
    }

    /** Started when the first test asks, stopped when the JVM ends. */
    private static final class Running {

        static final KafkaContainer KAFKA = new KafkaContainer(
                        DockerImageName.parse(ContainerTools.KAFKA_IMAGE).asCompatibleSubstituteFor("apache/kafka"))
                .withStartupTimeout(Duration.ofMinutes(4));

        static {
            KAFKA.start();
            Runtime.getRuntime().addShutdownHook(new Thread(KAFKA::stop));
        }
    }
}
