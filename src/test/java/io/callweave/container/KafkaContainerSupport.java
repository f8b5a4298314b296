package io.callweave.container;

import com.github.dockerjava.api.exception.NotFoundException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * One Kafka container for all container tests of a run. Its image is never pulled: a test that waits minutes for a registry
 * that it cannot reach helps nobody.
 */
abstract class KafkaContainerSupport {

    private static final boolean REQUIRED = Boolean.getBoolean("callweave.ci");
    private static final String IMAGE = System.getProperty("callweave.test.kafka-image", "apache/kafka:4.3.1");

    @BeforeAll
    static void requireKafka() {
        String missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        if (REQUIRED) {
            throw new IllegalStateException("Container tests are required here, but " + missing);
        }
        System.out.println("Container tests skipped: " + missing);
        Assumptions.abort(missing);
    }

    static String bootstrapServers() {
        return Running.KAFKA.getBootstrapServers();
    }

    /** What the tests lack, in words; empty if nothing. */
    private static String missing() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return "there is no Docker.";
        }
        try {
            DockerClientFactory.instance().client().inspectImageCmd(IMAGE).exec();
            return "";
        } catch (NotFoundException e) {
            return "there is no image " + IMAGE + "; pull it, or build one with src/test/docker/kafka-image.sh.";
        }
    }

    /** Started when the first test asks, stopped when the JVM ends. */
    private static final class Running {

        static final KafkaContainer KAFKA =
                new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"));

        static {
            KAFKA.start();
            Runtime.getRuntime().addShutdownHook(new Thread(KAFKA::stop));
        }
    }
}
