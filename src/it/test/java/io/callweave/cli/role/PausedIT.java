package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.StreamsProcess;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.StreamsRole;
import io.callweave.simulation.phonecall.CallStart;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stands still for a while, as in a suspended machine or a very long collection of garbage. */
@Tag("full")
class PausedIT {

    private static final String CUSTOMER = "+15550100002";
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** Of the calls, and shorter than a pause. Both halves of the calls have to come within it: a slow machine needs more. */
    private static final Duration WAITS = Duration.ofSeconds(8);

    private static final int TIMES_MORE = 4;

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
    void shouldLoseDoubleAndHurryNothingWhenAnotherTakesOverFromOneThatStandsBeyondItsSessionTimeout()
            throws Exception {
        Duration waits = WAITS;
        while (!pausesWithoutALossWith(waits)) {
            waits = waits.multipliedBy(TIMES_MORE);
        }
    }

    /** Returns false if the calls did not come in time: then it shows nothing. */
    private static boolean pausesWithoutALossWith(Duration waits) throws Exception {
        List<PhoneCall> before = calls(0);
        List<PhoneCall> meanwhile = calls(100);
        List<PhoneCall> after = calls(200);
        List<PhoneCall> all = new ArrayList<>(before);
        all.addAll(meanwhile);
        all.addAll(after);
        try (Installation installation = installation(waits.toSeconds() + "s");
                StreamsProcess paused = installation.startProcessAndAwait("paused")) {
            StreamsRole staying = installation.startAndAwait("staying");
            await().until(paused::isReady);
            Instant began = Instant.now();
            installation.accept(firstHalves(before));
            await().until(() -> installation.lag() == 0);

            paused.pause();
            installation.accept(secondHalves(before));
            if (!Instant.now().isBefore(began.plus(waits))) {
                return false;
            }
            Instant end = Instant.now().plus(waits).plusSeconds(3);
            meanwhile.forEach(each -> installation.accept(each.lines()));
            await().until(() -> Instant.now().isAfter(end)
                    && staying.state() == KafkaStreams.State.RUNNING
                    && installation.lag() == 0);
            paused.resume();
            after.forEach(each -> installation.accept(each.lines()));

            installation.awaitAssembled();
            assertThatNoWaitHasEnded(installation, all);
            await().until(paused::isReady);
            return true;
        }
    }

    private static Installation installation(String waits) {
        return Installation.create(
                kafka,
                directory,
                "paused-" + waits,
                Map.of(
                        "completion.linger", waits,
                        "completion.peer-wait", waits,
                        "completion.open-party-wait", waits,
                        "completion.max-idle", waits));
    }

    /** As many revisions as without the pause: one a call, and one more where it joins what went out already. */
    private static void assertThatNoWaitHasEnded(Installation installation, List<PhoneCall> calls) {
        assertThat(installation.emissions())
                .extracting(Installation.Emission::reason)
                .doesNotContain("linger", "peerWait", "openPartyWait", "maxIdle");
        // The last event of a chain's middle session may be read after the call is over beyond doubt.
        Set<String> chains = calls.stream()
                .filter(each -> each.telephonySessionIds().size() > 2)
                .map(each ->
                        each.account().id() + "/" + each.telephonySessionIds().get(0))
                .collect(Collectors.toSet());
        assertThat(installation.fold().revisions())
                .hasSize(calls.size())
                .allSatisfy((key, revision) -> assertThat(revision).isLessThanOrEqualTo(chains.contains(key) ? 2 : 1));
    }

    private static List<PhoneCall> calls(int first) {
        List<PhoneCall> calls = new ArrayList<>();
        for (int number = first; number < first + 40; number++) {
            calls.add(joined(number));
        }
        return calls;
    }

    private static PhoneCall joined(int number) {
        SimulatedAccount account = new SimulatedAccount(Integer.toString(809_646_016 + number % 5), "+15550100006");
        CallStart start = call().in(account).seeded(number).startingAt(START.plusSeconds(number));
        PhoneCall talk = start.inbound(CUSTOMER).answeredBy("104");
        return switch (number % 4) {
            case 0 -> talk.attendedTransferTo("106").hangUp();
            case 1 -> talk.transferredTo("105").hangUp();
            case 2 -> talk.parkedAt("*801").fetchedFromParkBy("105").hangUp();
            default -> talk.attendedTransferTo("106").attendedTransferTo("105").hangUp();
        };
    }

    private static List<String> firstHalves(List<PhoneCall> calls) {
        return calls.stream()
                .flatMap(each -> each.lines().subList(0, each.lines().size() / 2).stream())
                .toList();
    }

    private static List<String> secondHalves(List<PhoneCall> calls) {
        return calls.stream()
                .flatMap(each -> each
                        .lines()
                        .subList(each.lines().size() / 2, each.lines().size())
                        .stream())
                .toList();
    }
}
