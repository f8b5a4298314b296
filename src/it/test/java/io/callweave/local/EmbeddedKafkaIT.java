package io.callweave.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.files.LocalException;
import io.callweave.topics.HostedTopics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class EmbeddedKafkaIT {

    /** Longer than a garbage collection that stopped a benchmark, and than its session was. */
    private static final long STOP_MS = 5_000;

    private static final long HEARTBEATS_MS = 2_000;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTopicsAndItsPortOverARestart() throws Exception {
        try (BoundPort port = new BoundPort()) {
            EmbeddedKafkaConfig config = EmbeddedKafkaConfig.in(directory).withPort(port.number());
            try (EmbeddedKafka kafka = EmbeddedKafka.start(config)) {
                createTopic(kafka, "first");
            }

            try (EmbeddedKafka kafka = EmbeddedKafka.start(config)) {
                assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port.number());
                assertThat(topics(kafka)).contains("first");
            }
        }
    }

    @Test
    void shouldRunBesideAnotherOneAndGoOnWhenThatStops() throws Exception {
        try (EmbeddedKafka one = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("one")))) {
            try (EmbeddedKafka two = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("two")))) {
                createTopic(two, "in-two");
                assertThat(topics(two)).contains("in-two");
            }

            createTopic(one, "in-one");

            assertThat(topics(one)).contains("in-one").doesNotContain("in-two");
            assertThat(Files.getPosixFilePermissions(directory.resolve("one")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void shouldRefuseAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedKafkaConfig config = EmbeddedKafkaConfig.in(directory).withPort(taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedKafka.start(config))
                    .isInstanceOf(LocalException.class)
                    .hasMessage(
                            "Port %d on 127.0.0.1 is in use; name another, or 0 for a free one.", taken.getLocalPort());
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsInUseInThisProcess() {
        try (EmbeddedKafka running = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory)))
                    .isInstanceOf(LocalException.class)
                    .hasMessage(
                            "The data directory %s is in use by another Callweave; "
                                    + "stop that one or name another directory.",
                            running.directory());
        }
    }

    @Test
    void shouldRefuseTheDirectoryOfAnotherProcessAndStartThereAfterItsCrash() throws Exception {
        try (BrokerProcess other = BrokerProcess.start(directory)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory)))
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("is in use by another Callweave");
            other.crash();
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory))) {
            createTopic(kafka, "after-the-crash");

            assertThat(topics(kafka)).contains("after-the-crash");
        }
    }

    /** A new leader would end all transactions that go on. */
    @Test
    void shouldLeadOnAfterAStopOfTheWholeProcessAndWriteNothingToStdout() throws Exception {
        try (BrokerProcess other = BrokerProcess.start(directory);
                Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, other.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("stopped", 1, (short) 1)))
                    .all()
                    .get();
            HostedTopics.await(admin, Set.of("stopped"));
            int leaderEpoch = leaderEpoch(admin);

            other.pause();
            Thread.sleep(STOP_MS);
            other.resume();
            // The broker hears within a heartbeat what the controller has decided.
            Thread.sleep(HEARTBEATS_MS);

            assertThat(leaderEpoch(admin)).isEqualTo(leaderEpoch);
            assertThat(other.stop()).isEmpty();
        }
    }

    private static int leaderEpoch(Admin admin) throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition("stopped", 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .leaderEpoch()
                .orElseThrow();
    }

    @Test
    void shouldRefuseAFileAsDirectory() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaConfig.in(file)))
                .isInstanceOf(LocalException.class)
                .hasMessage("The data directory %s cannot be used: it is not a directory.", file);
    }

    @Test
    void shouldRefuseADirectoryWithOtherFiles() throws IOException {
        Files.createDirectory(directory.resolve("holiday-photos"));

        assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory)))
                .isInstanceOf(LocalException.class)
                .hasMessage(
                        "The data directory %s contains files of other programs; "
                                + "name an empty or a new directory.",
                        directory);
    }

    @Test
    void shouldRefuseTheDataOfAnotherCluster() throws IOException {
        Files.writeString(directory.resolve("meta.properties"), """
                version=1
                cluster.id=5L6g3nShT-eMCtK--X86sw
                node.id=1
                """);

        assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory)))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("The data directory " + directory + " cannot be used: ");
    }

    @Test
    void shouldSayThatASettingIsWrong() {
        EmbeddedKafkaConfig config = EmbeddedKafkaConfig.in(directory).withOverrides(Map.of("num.io.threads", "none"));

        assertThatThrownBy(() -> EmbeddedKafka.start(config))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("num.io.threads");
    }

    @Test
    void shouldFreeTheDirectoryWhenAStartFails() {
        EmbeddedKafkaConfig config = EmbeddedKafkaConfig.in(directory);
        assertThatThrownBy(() -> EmbeddedKafka.start(config.withOverrides(Map.of("num.io.threads", "none"))))
                .isInstanceOf(LocalException.class);

        EmbeddedKafka kafka = EmbeddedKafka.start(config);

        kafka.close();
    }

    private static void createTopic(EmbeddedKafka kafka, String name) throws ExecutionException, InterruptedException {
        Brokers.createTopic(kafka, name, 2, Map.of());
    }

    private static Iterable<String> topics(EmbeddedKafka kafka) throws ExecutionException, InterruptedException {
        try (Admin admin = Brokers.admin(kafka)) {
            return admin.listTopics().names().get();
        }
    }
}
