package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.StreamsProcess;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances with standbys are replaced one after the other, as a StatefulSet does it, while calls flow. Builds of one state
 * format write and read the same, so this build stands for both.
 */
@Tag("full")
class RollingUpgradeIT {

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
    void shouldLoseAndDoubleNothing() throws Exception {
        try (Installation installation = installation();
                Pod zero = new Pod(installation, 0);
                Pod one = new Pod(installation, 1)) {
            FlowingCalls calls = new FlowingCalls(installation);
            zero.start();
            one.start();
            calls.flowUntil(() -> zero.works() && one.works());

            one.replace();
            calls.flowUntil(() -> one.works() && zero.works());
            // What the new one wrote is taken over by the old one.
            one.kill();
            calls.flowUntil(zero::worksAlone);
            one.start();
            calls.flowUntil(() -> one.works() && zero.works());
            zero.replace();
            calls.flowUntil(() -> zero.works() && one.works());
            calls.finish();

            installation.awaitAssembled();
            assertThat(installation.deadLetters()).isEmpty();
        }
    }

    private static Installation installation() {
        return Installation.create(
                kafka,
                directory,
                "rolling",
                // As in helm/callweave/values.yaml.
                Map.of(
                        "streams.num.standby.replicas", "1",
                        "streams.session.timeout.ms", "8000",
                        "streams.heartbeat.interval.ms", "2000",
                        // An instance that comes back gets its share at once, not after a minute of probing.
                        "streams.acceptable.recovery.lag", "1000000"));
    }

    /** One of the StatefulSet: it keeps its name and its state when it is replaced. */
    private static final class Pod implements AutoCloseable {

        private final Installation installation;
        private final String name;
        private StreamsProcess process;

        Pod(Installation installation, int number) {
            this.installation = installation;
            this.name = "streams-" + number;
        }

        void start() throws IOException {
            process = installation.startProcess(name, Map.of("streams.main.consumer.group.instance.id", name));
        }

        void replace() throws Exception {
            process.terminate();
            start();
        }

        void kill() throws InterruptedException {
            process.kill();
        }

        /** Whether it has part of the work, and gives out calls. */
        boolean works() throws IOException, InterruptedException {
            return process.isReady()
                    && process.activeTasks(0) > 0
                    && process.activeTasks(1) > 0
                    && process.metric("callweave_calls_emitted_total") > 0;
        }

        boolean worksAlone() throws IOException, InterruptedException {
            return works()
                    && process.activeTasks(0) == Installation.PARTITIONS
                    && process.activeTasks(1) == Installation.PARTITIONS;
        }

        @Override
        public void close() {
            if (process != null) {
                process.close();
            }
        }
    }
}
