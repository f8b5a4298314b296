package io.callweave.cli.role;

import static org.awaitility.Awaitility.await;

import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.StreamsRole;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances die while notifications flow: nothing is lost, nothing doubled. */
@Tag("full")
class FaultsIT {

    private static final String CUSTOMER = "+15550100002";
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final int CALLS = 160;
    private static final int PORTION = 10;

    /** More than any test waits for, so that traffic is left for the end, however long it takes. */
    private static final int PHASES = 6;

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
    void shouldLoseAndDoubleNothingWhenItIsKilledTwiceInTheMiddleOfTraffic() {
        try (Installation installation = Installation.create(kafka, directory, "killed", Map.of())) {
            Traffic traffic = new Traffic(installation);
            StreamsRole first = installation.start("first");
            traffic.flowUntil(
                    () -> isRunning(first) && !installation.emissions().isEmpty());
            int emitted = installation.emissions().size();
            first.kill();
            traffic.flow();
            StreamsRole second = installation.start("second");
            traffic.flowUntil(
                    () -> isRunning(second) && installation.emissions().size() > emitted);
            int emittedSince = installation.emissions().size();
            second.kill();
            traffic.flow();
            StreamsRole third = installation.start("third");
            traffic.flowUntil(() -> isRunning(third) && installation.emissions().size() > emittedSince);

            traffic.finish();

            installation.awaitAssembled();
        }
    }

    private static boolean isRunning(StreamsRole app) {
        return app.state() == KafkaStreams.State.RUNNING;
    }

    /** Calls of several accounts at once, delivered badly: late, twice and by two subscriptions. */
    private static List<String> lines() {
        List<PhoneCall> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(call(i));
        }
        return Delivery.of(calls)
                .shuffled(7, Duration.ofSeconds(20))
                .withExtensionCopies(0.3)
                .duplicated(0.3)
                .lines();
    }

    private static PhoneCall call(int number) {
        SimulatedAccount account = new SimulatedAccount(Integer.toString(809_646_016 + number % 7), "+15550100006");
        PhoneCall talk = PhoneCall.call()
                .in(account)
                .seeded(number)
                .startingAt(START.plusSeconds(5L * number))
                .inbound(CUSTOMER)
                .answeredBy("104");
        return switch (number % 5) {
            case 0 -> talk.hangUp();
            case 1 -> talk.attendedTransferTo("106").hangUp();
            case 2 -> talk.transferredTo("105").hangUp();
            case 3 -> talk.attendedTransferTo("106").attendedTransferTo("105").hangUp();
            default -> talk.conferenceWith("105", "106").hangUp();
        };
    }

    /** Notifications in portions, one whenever it is asked whether something has come about. */
    private static final class Traffic {

        private final Installation installation;
        private final List<String> lines = lines();
        private int next;

        Traffic(Installation installation) {
            this.installation = installation;
        }

        void flow() {
            flow(PORTION);
        }

        void flowUntil(Condition condition) {
            int end = next + lines.size() / PHASES;
            await().until(() -> {
                flow(Math.min(PORTION, end - next));
                return condition.holds();
            });
        }

        void finish() {
            flow(lines.size());
        }

        private void flow(int count) {
            int end = Math.min(lines.size(), next + count);
            installation.accept(lines.subList(next, end));
            next = end;
        }
    }

    private interface Condition {
        boolean holds();
    }
}
