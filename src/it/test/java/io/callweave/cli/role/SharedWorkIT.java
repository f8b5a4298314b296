package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.RoleProcess;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.io.IOException;
import java.nio.file.Path;
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

/** A second instance gets work while notifications flow, and again after it was killed, unless it has another topology. */
@Tag("full")
class SharedWorkIT {

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

    /** With the protocol {@code streams}. {@code bench faults} does it with {@code classic}. */
    @Test
    void shouldShareTheTasksWithAnInstanceThatComesAndComesBack() throws Exception {
        String name = "share";
        setStandbys(name);
        try (Installation installation =
                        Installation.create(kafka, directory, name, Map.of("streams.group.protocol", "streams"));
                RoleProcess first = installation.startProcess("first")) {
            FlowingCalls calls = new FlowingCalls(installation);
            calls.flowUntil(() -> first.isReady() && !installation.emissions().isEmpty());

            try (RoleProcess second = installation.startProcess("second")) {
                calls.flowUntil(() -> haveWork(first, second));
                second.kill();
            }
            calls.flowUntil(() -> hasAll(first));
            try (RoleProcess back = installation.startProcess("second")) {
                calls.flowUntil(() -> haveWork(first, back));
                calls.finish();

                installation.awaitAssembled();
            }
        }
    }

    /**
     * {@code bridge.partition-by} of the instance is changed and changed back while calls go on. What one shape has put on the
     * repartition topic, the other one reads. Two bridges send in turn, as while they are restarted one by one with another
     * setting: notifications of one session come from both kinds. As long as instances of both kinds run, as when only one pod has
     * the new value, the new one stops: it gets only tasks without state, which it has, too.
     */
    @Test
    void shouldAssembleTheSameCallsWhenThePartitioningChangesAndRunOneKindAtATime() throws Exception {
        Map<String, String> settings = Map.of("bridge.partition-by", "account", "streams.acceptable.recovery.lag", "0");
        try (Installation installation = Installation.create(kafka, directory, "switch", settings)) {
            installation.addProducer("session");
            FlowingCalls calls = new FlowingCalls(installation);
            try (RoleProcess session = shaped(installation, "one", "session")) {
                flowThrough(calls, installation, session, 1);
                try (RoleProcess other = shaped(installation, "other", "account")) {
                    calls.flowUntil(() -> other.exitStatus().isPresent());

                    assertThat(other.exitStatus()).hasValue(1);
                    assertThat(other.logLines())
                            .anyMatch(line -> line.contains(
                                    "this instance stops. Another instance with its application.id has another topology,"
                                            + " probably by another bridge.partition-by."));
                }
                flowThrough(calls, installation, session, 1);
                session.kill();
            }
            calls.finish();
            try (RoleProcess account = shaped(installation, "one", "account")) {
                flowThrough(calls, installation, account, 0);
                account.terminate();
            }
            calls.finish();
            try (RoleProcess last = shaped(installation, "one", "session")) {
                installation.awaitAssembled();
                assertThat(last.isReady()).isTrue();
            }
        }
    }

    private static RoleProcess shaped(Installation installation, String instance, String partitionBy)
            throws IOException {
        return installation.startProcess(instance, Map.of("bridge.partition-by", partitionBy));
    }

    /** Until it has all tasks of the stage, and has emitted something. */
    private static void flowThrough(FlowingCalls calls, Installation installation, RoleProcess streams, int stage) {
        int before = installation.emissions().size();
        calls.flowUntil(() -> streams.isReady()
                && streams.activeTasks(stage) == Installation.PARTITIONS
                && installation.emissions().size() > before);
    }

    /** There the group has the number. */
    private static void setStandbys(String group) throws Exception {
        ConfigEntry replicas = new ConfigEntry("streams.num.standby.replicas", "1");
        try (Admin admin = Brokers.admin(kafka)) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.GROUP, group),
                            List.of(new AlterConfigOp(replicas, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static boolean haveWork(RoleProcess... instances) throws IOException, InterruptedException {
        for (RoleProcess instance : instances) {
            if (instance.activeTasks(0) == 0 || instance.activeTasks(1) == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasAll(RoleProcess instance) throws IOException, InterruptedException {
        return instance.isReady()
                && instance.activeTasks(0) == Installation.PARTITIONS
                && instance.activeTasks(1) == Installation.PARTITIONS;
    }
}
