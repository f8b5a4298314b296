package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.StreamsProcess;
import io.callweave.local.BrokerCluster;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

    /** What a call may be late beyond its wait, on a machine that starts at once. */
    private static final Duration LATE = Duration.ofSeconds(30);

    /** And so many times as long as the first start took, which measures the machine: a replacement is a start, too. */
    private static final int STARTS = 2;

    @TempDir
    private static Path directory;

    private static BrokerCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        // After a kill, readers wait until the broker ends what was begun: it looks every 10 s by default.
        cluster = BrokerCluster.start(
                directory.resolve("brokers"), "transaction.abort.timed.out.transaction.cleanup.interval.ms=1000");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldLoseDoubleAndDelayNothing() throws Exception {
        try (Installation installation = installation();
                Pod zero = new Pod(installation, 0);
                Pod one = new Pod(installation, 1)) {
            FlowingCalls calls = new FlowingCalls(installation, Installation.PATIENCE);
            zero.start();
            one.start();
            Duration start = calls.timeUntil(() -> zero.works() && one.works());

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
            assertThat(installation.read(Topic.CALLS))
                    .allSatisfy(call -> assertNotLate(call, LATE.plus(start.multipliedBy(STARTS))));
            assertThat(installation.deadLetters()).isEmpty();
        }
    }

    private static Installation installation() {
        return Installation.create(
                cluster,
                directory,
                "rolling",
                // As in helm/callweave/values.yaml.
                Map.of(
                        "streams.num.standby.replicas", "1",
                        "streams.session.timeout.ms", "8000",
                        "streams.heartbeat.interval.ms", "2000",
                        "streams.producer.transaction.timeout.ms", "4000",
                        // An instance that comes back gets its share at once, not after a minute of probing.
                        "streams.acceptable.recovery.lag", "1000000"));
    }

    private static void assertNotLate(ConsumerRecord<byte[], byte[]> call, Duration late) {
        Instant received =
                Instant.parse(Objects.requireNonNull(Headers.text(call.headers(), Headers.LAST_RECEIVED_AT)));
        Duration wait = switch (Objects.requireNonNull(Headers.text(call.headers(), Headers.COMPLETION_REASON))) {
            case "linger" -> Duration.ofSeconds(1);
            case "peerWait" -> Duration.ofSeconds(2);
            case "openPartyWait" -> Duration.ofSeconds(3);
            case "maxIdle" -> Duration.ofSeconds(5);
            default -> Duration.ZERO;
        };
        assertThat(Instant.ofEpochMilli(call.timestamp()))
                .isBefore(received.plus(wait).plus(late));
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
