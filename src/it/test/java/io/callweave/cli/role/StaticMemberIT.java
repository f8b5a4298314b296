package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.StreamsRole;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances with names of their own, such as pods, keep their place in the group while they restart. */
@Tag("full")
class StaticMemberIT {

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldKeepItsPlaceWhenItIsStoppedAndTakeItUpAgain() throws Exception {
        // The broker waits for so long before it gives the place away; nothing here waits for it.
        Map<String, String> settings = Map.of("streams.session.timeout.ms", "300000");
        Map<String, String> restartedName = Map.of("kafka.group.instance.id", "pod-1");
        try (Installation installation = Installation.create(kafka, directory, "static", settings)) {
            StreamsRole staying =
                    installation.start("pod-0", Map.of("streams.main.consumer.group.instance.id", "pod-0"));
            StreamsRole restarted = installation.start("pod-1", restartedName);
            await().until(() -> isRunning(staying) && isRunning(restarted));

            restarted.close();

            assertThat(installation.staticMembers())
                    .containsExactlyInAnyOrder("pod-0-1", "pod-0-2", "pod-1-1", "pod-1-2");
            StreamsRole again = installation.start("pod-1", restartedName);
            await().until(() -> isRunning(staying) && isRunning(again));
        }
    }

    private static boolean isRunning(StreamsRole app) {
        return app.state() == KafkaStreams.State.RUNNING;
    }
}
