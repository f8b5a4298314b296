package io.callweave.consumer;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.CommandProcess;
import io.callweave.local.BoundPort;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/calls.md that act on calls, from RingCentral's notification to its Call Control API. */
@Tag("full")
class CallControlExamplesIT {

    private static final SimulatedAccount ACCOUNT = SimulatedAccount.FIRST;
    private static final String TOPIC = "callweave.party-events";
    private static final String IMPORTANT = "+15550100003";

    @TempDir
    private static Path directory;

    private static BoundPort port;
    private static PlatformServer platform;
    private static Process local;

    @BeforeAll
    static void start() throws Exception {
        port = new BoundPort();
        platform =
                PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT.id())).withoutRateLimits(), Clock.systemUTC());
        Path err = directory.resolve("err");
        local = CommandProcess.start(
                directory.resolve("out"),
                err,
                "local",
                "--data-dir=" + directory.resolve("data"),
                "--kafka-port=" + port.number(),
                "--ringcentral-server=" + platform.address(),
                "--ringcentral-client-id=client-" + ACCOUNT.id(),
                "--ringcentral-client-secret=secret-" + ACCOUNT.id(),
                "--ringcentral-jwt=jwt-" + ACCOUNT.id());
        await().until(() -> Files.readString(err).contains("The WebSocket is connected.") || !local.isAlive());
        assertThat(local.isAlive()).as(Files.readString(err)).isTrue();
    }

    @AfterAll
    static void stop() throws Exception {
        local.destroyForcibly();
        platform.close();
        port.close();
    }

    @Test
    void shouldListenToAnAnsweredCallFromOutside() throws Exception {
        PhoneCall outbound = call().outbound("104", "+15550100002").answered().hangUp();
        PhoneCall inbound =
                call().seeded(2).inbound("+15550100002").answeredBy("104").hangUp();
        String device = ACCOUNT.extension("110").deviceId();
        try (ExampleProgram assist = start("AgentAssist", device)) {

            outbound.notifications().forEach(platform::publish);
            Notification answered = publishUntil(inbound, "Answered");

            await().until(() -> !requests(assist).isEmpty());
            assertThat(requests(assist))
                    .singleElement()
                    .asString()
                    .contains(
                            answered.party().path("id").asText() + " agent "
                                    + ACCOUNT.extension("104").id(),
                            "supervise 201");
        }
    }

    @Test
    void shouldForwardAnImportantCallerWhileItRings() throws Exception {
        PhoneCall other =
                call().seeded(3).inbound("+15550100002").answeredBy("104").hangUp();
        PhoneCall important =
                call().seeded(4).inbound(IMPORTANT).answeredBy("104").hangUp();
        try (ExampleProgram routing = start("Routing", "106", IMPORTANT)) {

            publishUntil(other, "Proceeding");
            Notification ringing = publishUntil(important, "Proceeding");

            await().until(() -> !requests(routing).isEmpty());
            assertThat(requests(routing))
                    .singleElement()
                    .asString()
                    .contains(ringing.party().path("id").asText(), "forward 200");
        }
    }

    /** Starts an example and waits until it reads. */
    private ExampleProgram start(String main, String... more) throws Exception {
        String brokers = "127.0.0.1:" + port.number();
        List<String> arguments = new ArrayList<>(List.of(brokers, TOPIC, main));
        arguments.addAll(List.of(more));
        ExampleProgram program = ExampleProgram.java(
                main,
                Map.of(
                        "CALLWEAVE_RINGCENTRAL_SERVER", platform.address(),
                        "CALLWEAVE_RINGCENTRAL_CLIENT_ID", "client-" + ACCOUNT.id(),
                        "CALLWEAVE_RINGCENTRAL_CLIENT_SECRET", "secret-" + ACCOUNT.id(),
                        "CALLWEAVE_RINGCENTRAL_JWT", "jwt-" + ACCOUNT.id()),
                arguments.toArray(String[]::new));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            int partitions = admin.describeTopics(List.of(TOPIC))
                    .allTopicNames()
                    .get()
                    .get(TOPIC)
                    .partitions()
                    .size();
            await().until(() -> !program.isRunning()
                    || admin.listConsumerGroupOffsets(main).partitionsToOffsetAndMetadata().get().keySet().stream()
                                    .map(TopicPartition::topic)
                                    .filter(Predicate.isEqual(TOPIC))
                                    .count()
                            == partitions);
        }
        assertThat(program.isRunning()).isTrue();
        return program;
    }

    /** The lines of what it did; others are of the log. */
    private static List<String> requests(ExampleProgram program) {
        return program.lines().stream()
                .filter(line -> line.contains(" seen after "))
                .toList();
    }

    /** Publishes up to the notification in which the phone of 104 has this status. */
    private Notification publishUntil(PhoneCall call, String status) {
        String extension = ACCOUNT.extension("104").id();
        for (Notification one : call.notifications()) {
            platform.publish(one);
            if (one.party().at("/status/code").asText().equals(status)
                    && one.party().path("extensionId").asText().equals(extension)) {
                return one;
            }
        }
        throw new IllegalStateException("104 is never " + status);
    }
}
