package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.StreamsProcess;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A second instance gets work while notifications flow, with both group protocols, and again after it was killed. */
@Tag("full")
class SharedWorkIT {

    /** What docs/operations.md promises, three rounds of probing, for a machine that is not overloaded. */
    private static final Duration STATED = Duration.ofMinutes(3);

    /** The tests' machine may be slower by as much. */
    private static final Duration PATIENCE = STATED.multipliedBy(2);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        // Shorter than brokers allow by default, so that nobody waits long for an instance that was killed.
        Map<String, String> overrides = Map.of(
                "group.streams.min.session.timeout.ms", "6000",
                "group.streams.session.timeout.ms", "6000",
                "group.streams.min.heartbeat.interval.ms", "1000",
                "group.streams.heartbeat.interval.ms", "1000");
        kafka = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(directory.resolve("kafka")).withOverrides(overrides));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @ParameterizedTest
    @CsvSource({"classic,0,account", "streams,1,session"})
    void shouldShareTheTasksWithAnInstanceThatComesAndComesBack(String protocol, int standbys, String partitionBy)
            throws Exception {
        // By account, router and stage are one.
        int stages = partitionBy.equals("account") ? 1 : 2;
        String name = "share-" + protocol + "-" + standbys;
        try (Installation installation = installation(name, protocol, standbys, partitionBy);
                StreamsProcess first = installation.startProcess("first")) {
            FlowingCalls traffic = new FlowingCalls(installation, PATIENCE);
            traffic.flowUntil(() -> first.isReady() && !installation.emissions().isEmpty());

            try (StreamsProcess second = installation.startProcess("second")) {
                traffic.flowUntil(() -> haveWork(stages, first, second));
                second.kill();
            }
            traffic.flowUntil(() -> hasAll(stages, first));
            try (StreamsProcess back = installation.startProcess("second")) {
                traffic.flowUntil(() -> haveWork(stages, first, back));
                traffic.finish();

                installation.awaitAssembled();
            }
        }
    }

    /**
     * {@code bridge.partition-by} of the instance is changed and changed back while calls go on. What one shape has put on the
     * repartition topic, the other one reads. Two bridges send in turn, as while they are restarted one by one with another
     * setting: notifications of one session come from both kinds.
     */
    @Test
    void shouldAssembleTheSameCallsWhenThePartitioningChanges() throws Exception {
        try (Installation installation =
                Installation.create(kafka, directory, "switch", Map.of("bridge.partition-by", "account"))) {
            installation.addProducer("session");
            FlowingCalls calls = new FlowingCalls(installation, Installation.PATIENCE);
            try (StreamsProcess session = shaped(installation, "session")) {
                flowThrough(calls, installation, session, 1);
                session.kill();
            }
            calls.finish();
            try (StreamsProcess account = shaped(installation, "account")) {
                flowThrough(calls, installation, account, 0);
                account.terminate();
            }
            calls.finish();
            try (StreamsProcess last = shaped(installation, "session")) {
                installation.awaitAssembled();
                assertThat(last.isReady()).isTrue();
            }
        }
    }

    private static StreamsProcess shaped(Installation installation, String partitionBy) throws IOException {
        return installation.startProcess("one", Map.of("bridge.partition-by", partitionBy));
    }

    /** Until it has all tasks of the stage, and has emitted something. */
    private static void flowThrough(FlowingCalls calls, Installation installation, StreamsProcess streams, int stage) {
        int before = installation.emissions().size();
        calls.flowUntil(() -> streams.isReady()
                && streams.activeTasks(stage) == Installation.PARTITIONS
                && installation.emissions().size() > before);
    }

    /** As when only one pod has the new value. It gets only tasks without state, which it has, too. */
    @Test
    void shouldStopAnInstanceThatDiffersFromTheOthers() throws Exception {
        Map<String, String> settings = Map.of("streams.acceptable.recovery.lag", "0");
        try (Installation installation = Installation.create(kafka, directory, "differing", settings);
                StreamsProcess first = installation.startProcess("first")) {
            FlowingCalls calls = new FlowingCalls(installation, Installation.PATIENCE);
            calls.flowUntil(() -> first.isReady() && !installation.emissions().isEmpty());
            try (StreamsProcess other = installation.startProcess("other", Map.of("bridge.partition-by", "account"))) {
                calls.flowUntil(() -> other.exitStatus().isPresent());

                assertThat(other.exitStatus()).hasValue(1);
                assertThat(other.logLines())
                        .anyMatch(line ->
                                line.contains("this instance stops. Another instance with its application.id has"
                                        + " another topology, probably by another bridge.partition-by."));
            }
            calls.finish();

            installation.awaitAssembled();
            assertThat(first.isReady()).isTrue();
        }
    }

    private static Installation installation(String name, String protocol, int standbys, String partitionBy)
            throws Exception {
        Map<String, String> settings =
                new HashMap<>(Map.of("streams.group.protocol", protocol, "bridge.partition-by", partitionBy));
        if (protocol.equals("classic")) {
            settings.put("streams.num.standby.replicas", Integer.toString(standbys));
        } else {
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, name);
            ConfigEntry replicas = new ConfigEntry("streams.num.standby.replicas", Integer.toString(standbys));
            try (Admin admin = Brokers.admin(kafka)) {
                admin.incrementalAlterConfigs(
                                Map.of(group, List.of(new AlterConfigOp(replicas, AlterConfigOp.OpType.SET))))
                        .all()
                        .get();
            }
        }
        return Installation.create(kafka, directory, name, settings);
    }

    private static boolean haveWork(int stages, StreamsProcess... instances) throws IOException, InterruptedException {
        for (StreamsProcess instance : instances) {
            for (int stage = 0; stage < stages; stage++) {
                if (instance.activeTasks(stage) == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean hasAll(int stages, StreamsProcess instance) throws IOException, InterruptedException {
        for (int stage = 0; stage < stages; stage++) {
            if (instance.activeTasks(stage) != Installation.PARTITIONS) {
                return false;
            }
        }
        return instance.isReady();
    }
}
