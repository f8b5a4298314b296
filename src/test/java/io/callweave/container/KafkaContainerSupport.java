package io.callweave.container;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
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
    static void requireKafka() throws InterruptedException {
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

    /**
     * What the tests lack, in words; empty if nothing. Docker's command is asked and not Testcontainers, which in a container
     * itself pulls an image of its own before it answers.
     */
    private static String missing() throws InterruptedException {
        try {
            int status = new ProcessBuilder("docker", "image", "inspect", IMAGE)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
            return status == 0
                    ? ""
                    : "Docker does not run, or has no image " + IMAGE
                            + "; pull it, or build one with src/test/docker/kafka-image.sh.";
        } catch (IOException e) {
            return "there is no Docker.";
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
