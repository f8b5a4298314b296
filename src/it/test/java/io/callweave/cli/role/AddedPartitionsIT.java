package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.CommandProcess;
import io.callweave.cli.RoleProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody adds partitions to {@code notifications}. */
@Tag("full")
class AddedPartitionsIT {

    private static final int MORE = Installation.PARTITIONS + 3;
    private static final String PARTITION_BY = "bridge.partition-by";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
        admin = Brokers.admin(kafka);
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    /** With the protocol {@code streams}. {@code bench faults} does it with {@code classic}. */
    @Test
    void shouldReadThemWhileItRunsAndAfterANewStart() throws Exception {
        String name = "grows";
        try (Installation installation =
                Installation.create(kafka, directory, name, settings("streams.group.protocol", "streams"))) {
            RoleProcess before = installation.startProcessAndAwait("only");
            List<PhoneCall> talking = calls(0, 40);
            installation.accept(
                    talking.stream().flatMap(call -> firstHalf(call).stream()).toList());

            addPartitions(name);
            await().until(() -> before.said().contains(name + ".notifications has 7 partitions now, and had 4."));
            installation.addProducer("session"); // a new one knows them
            installation.accept(
                    talking.stream().flatMap(call -> secondHalf(call).stream()).toList());
            installation.accept(linesOf(40, 120));

            installation.awaitAssembled();
            assertThat(before.isReady()).isTrue();
            assertThat(Set.copyOf(installation.partitionsBySession().values()))
                    .anyMatch(partition -> partition >= Installation.PARTITIONS);
            assertThat(before.terminate()).isZero();
            assertThat(before.said()).doesNotContain("this instance stops");

            try (RoleProcess again = installation.startProcessAndAwait("only")) {
                installation.accept(linesOf(120, 160));
                installation.awaitAssembled();
                assertThat(again.terminate()).isZero();
            }
        }
    }

    /** Kafka Streams would give tasks to partitions that have no state. */
    @Test
    void shouldRefuseThemByAccountAndGoOnBySession() throws Exception {
        String name = "refuses";
        try (Installation installation =
                Installation.create(kafka, directory, name, settings(PARTITION_BY, "account"))) {
            RoleProcess running = installation.startProcessAndAwait("first");
            installation.accept(linesOf(0, 20));
            installation.awaitAssembled();

            addPartitions(name);

            assertThat(running.awaitEnd()).isEqualTo(ExitStatus.FAILED);
            assertThat(running.said())
                    .contains(
                            "refuses.notifications has 7 partitions and refuses-routed-repartition has 4, and by account");
            installation.accept(linesOf(20, 40));
            assertThatThrownBy(() -> installation.start("first"))
                    .isInstanceOf(OperationsException.class)
                    .hasMessageContaining(
                            "set bridge.partition-by=session for streams and bridges, or start under another");

            installation.start("first", Map.of(PARTITION_BY, "session"));
            installation.addProducer("session");
            installation.accept(linesOf(40, 80));

            installation.awaitAssembled();
        }
    }

    /** As docs/operate.md says: "More partitions". */
    @Test
    void shouldHaveMoreHomesUnderANewPrefix() throws Exception {
        Map<String, String> byAccount = settings(PARTITION_BY, "account");
        try (Installation old = Installation.create(kafka, directory, "small", byAccount)) {
            old.startAndAwait("only");
            old.accept(linesOf(0, 40));
            replay();
            try (Installation larger = Installation.create(kafka, directory, "large", byAccount)) {
                larger.startAndAwait("only");
                larger.expect(linesOf(0, 60));
                old.accept(linesOf(40, 60)); // bridges that still have the old prefix

                larger.accept(linesOf(60, 80));
                replay();

                larger.awaitAssembled();
                assertThat(admin.describeTopics(List.of("large-routed-repartition"))
                                .allTopicNames()
                                .get()
                                .get("large-routed-repartition")
                                .partitions())
                        .hasSize(MORE);
            }
        }
    }

    /** Nobody is killed here, so a slow machine may take its time. */
    private static Map<String, String> settings(String name, String value) {
        return Map.of(
                name,
                value,
                "streams.producer.transaction.timeout.ms",
                "60000",
                "streams.session.timeout.ms",
                "45000",
                "streams.heartbeat.interval.ms",
                "3000");
    }

    private static void replay() throws Exception {
        CommandProcess replay = CommandProcess.run(
                null,
                "replay",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--from-topic=small.notifications",
                "--to-prefix=large.",
                "--partitions=" + MORE,
                "--resume=" + directory.resolve("small.json"),
                "--set=bridge.partition-by=account");
        assertThat(replay.status()).as(replay.err()).isEqualTo(ExitStatus.DONE);
    }

    private static void addPartitions(String name) throws Exception {
        admin.createPartitions(Map.of(name + ".notifications", NewPartitions.increaseTo(MORE)))
                .all()
                .get();
    }

    private static List<String> linesOf(int from, int to) {
        return calls(from, to).stream().flatMap(call -> call.lines().stream()).toList();
    }

    private static List<PhoneCall> calls(int from, int to) {
        List<PhoneCall> calls = new ArrayList<>();
        for (int number = from; number < to; number++) {
            PhoneCall talk = call().in(new SimulatedAccount(Integer.toString(809_646_016 + number % 9), "+15550100006"))
                    .seeded(number)
                    .inbound("+15550100002")
                    .answeredBy("104");
            calls.add(
                    number % 2 == 0
                            ? talk.hangUp()
                            : talk.attendedTransferTo("106").hangUp());
        }
        return calls;
    }

    private static List<String> firstHalf(PhoneCall call) {
        return call.lines().subList(0, call.lines().size() / 2);
    }

    private static List<String> secondHalf(PhoneCall call) {
        return call.lines().subList(call.lines().size() / 2, call.lines().size());
    }
}
