package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.StreamsProcess;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code bridge.partition-by} of the role {@code streams} is changed and changed back while calls go on: the number of
 * sub-topologies differs, and what one shape has put on the repartition topic, the other one reads.
 */
@Execution(ExecutionMode.CONCURRENT)
class PartitionBySwitchIT {

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

    /** @param producers what chooses the partition of a notification */
    @ParameterizedTest
    @ValueSource(strings = {"session", "account"})
    void shouldAssembleTheSameCalls(String producers) throws Exception {
        try (Installation installation = Installation.create(
                kafka, directory, "switch-" + producers, Map.of("bridge.partition-by", producers))) {
            FlowingCalls calls = new FlowingCalls(installation, Installation.PATIENCE);
            for (String shape : new String[] {"session", "account", "session", "account"}) {
                int stage = shape.equals("account") ? 0 : 1;
                int before = installation.emissions().size();
                try (StreamsProcess streams = installation.startProcess(
                        "one", System.getProperty("java.class.path"), Map.of("bridge.partition-by", shape))) {
                    calls.flowUntil(() -> streams.isReady()
                            && streams.activeTasks(stage) == Installation.PARTITIONS
                            && installation.emissions().size() > before);
                    if (shape.equals("account")) {
                        streams.terminate();
                    } else {
                        streams.kill();
                    }
                }
                calls.finish();
            }
            try (StreamsProcess last = installation.startProcess("one")) {
                installation.awaitAssembled();
                assertThat(last.isReady()).isTrue();
            }
        }
    }

    /** As when only one pod has the new value. */
    @Test
    void shouldStopAnInstanceThatDiffersFromTheOthers() throws Exception {
        try (Installation installation = Installation.create(kafka, directory, "differing", Map.of());
                StreamsProcess first = installation.startProcess("first")) {
            FlowingCalls calls = new FlowingCalls(installation, Installation.PATIENCE);
            calls.flowUntil(first::isReady);
            try (StreamsProcess other = installation.startProcess(
                    "other", System.getProperty("java.class.path"), Map.of("bridge.partition-by", "account"))) {
                calls.flowUntil(() -> other.exitStatus().isPresent());

                assertThat(other.exitStatus()).hasValue(1);
                assertThat(other.logLines())
                        .anyMatch(line ->
                                line.contains("this instance stops. Another instance with its application.id has"
                                        + " another topology: bridge.partition-by must be the same for all."));
            }
            calls.finish();

            installation.awaitAssembled();
            assertThat(first.isReady()).isTrue();
        }
    }
}
