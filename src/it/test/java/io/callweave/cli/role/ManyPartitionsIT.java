package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.PlainHttp;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.StreamsRole;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.phonecall.CallStart;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.topics.Headers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time over several partitions: what waits does so for as long as it should, and no longer. */
@Tag("full")
class ManyPartitionsIT {

    private static final String CUSTOMER = "+15550100002";
    private static final Pattern CLOCK = Pattern.compile("callweave_clock_seconds\\{partition=\"\\d+\"} ([\\d.E]+)");

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
    void shouldEndNoWaitEarlyInAReplayOfAWeekAndABacklogOfAnHour() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<PhoneCall> calls = new ArrayList<>();
        for (int hour = 7 * 24; hour > 1; hour--) {
            calls.add(joined(hour, now.minus(Duration.ofHours(hour))));
        }
        for (int halfMinute = 110; halfMinute > 10; halfMinute--) {
            calls.add(joined(1_000 + halfMinute, now.minus(Duration.ofSeconds(30L * halfMinute))));
        }
        // The last event of a chain's middle session trails its end, and may be read after the call is over beyond
        // doubt.
        Set<String> chains = calls.stream()
                .filter(each -> each.telephonySessionIds().size() > 2)
                .map(each -> key(each, 0))
                .collect(Collectors.toSet());
        try (Installation installation = Installation.ofRecordings(kafka, directory, "backlog")) {
            installation.accept(
                    Delivery.of(calls).withExtensionCopies(0.3).duplicated(0.1).lines());
            assertThat(Set.copyOf(installation.partitionsBySession().values())).hasSize(Installation.PARTITIONS);

            installation.start("only");

            installation.awaitAssembled();
            assertThat(installation.emissions())
                    .extracting(Installation.Emission::reason)
                    .doesNotContain("linger", "peerWait", "openPartyWait", "maxIdle");
            assertThat(installation.emissions())
                    .allSatisfy(each -> assertThat(each.value()).contains("\"status\":\"complete\""));
            assertThat(installation.fold().revisions())
                    .hasSize(calls.size())
                    .allSatisfy(
                            (key, revision) -> assertThat(revision).isLessThanOrEqualTo(chains.contains(key) ? 2 : 1));
        }
    }

    @Test
    void shouldReviseWhenTheOtherHalfOfATransferComesAfterTheCall() {
        PhoneCall early = joined(0, Instant.parse("2026-03-02T09:00:00Z"));
        PhoneCall late = joined(4, Instant.parse("2026-03-02T10:00:00Z"));
        try (Installation installation = Installation.create(kafka, directory, "halves", Map.of())) {
            installation.startAndAwait("only");

            installation.accept(sessionLines(early, 0));
            installation.accept(sessionLines(late, 1));
            installation.awaitAssembled();
            installation.accept(sessionLines(early, 1));
            installation.accept(sessionLines(late, 0));
            installation.awaitAssembled();

            assertThat(installation.emissions())
                    .filteredOn(each -> each.key().equals(key(early, 0)))
                    .extracting(Installation.Emission::reason)
                    .startsWith("peerWait", "revised");
            assertThat(installation.emissions())
                    .filteredOn(each -> each.key().equals(key(late, 1)))
                    .last()
                    .satisfies(each -> {
                        assertThat(each.reason()).isEqualTo("superseded");
                        assertThat(each.value())
                                .contains("\"supersededBy\":\""
                                        + late.telephonySessionIds().get(0) + "\"");
                    });
            assertThat(installation.fold().records()).containsOnlyKeys(key(early, 0), key(late, 0));
        }
    }

    @Test
    void shouldRefuseWhatComesAfterTheLateWindowAndLeaveTheRecordAsItIs() {
        PhoneCall call = call().inbound(CUSTOMER).answeredBy("104").hangUp();
        List<String> lines = call.lines();
        String last = lines.get(lines.size() - 1);
        try (Installation installation =
                Installation.create(kafka, directory, "late", Map.of("completion.late-window", "6s"))) {
            StreamsRole app = installation.startAndAwait("only");
            installation.accept(lines.subList(0, lines.size() - 1));
            installation.awaitAssembled();
            List<Installation.Emission> before = installation.emissions();
            Instant closed = Instant.now().plusSeconds(6);
            await().until(
                            () -> clocks(app),
                            clocks -> clocks.size() == Installation.PARTITIONS
                                    && clocks.stream().allMatch(clock -> clock > closed.getEpochSecond() + 1));

            installation.accept(List.of(last));

            await().until(() -> !installation.deadLetters().isEmpty());
            assertThat(installation.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo(last.getBytes(UTF_8));
                assertThat(new String(letter.key(), UTF_8))
                        .isEqualTo(call.telephonySessionIds().get(0));
                assertThat(Headers.text(letter.headers(), Headers.REASON)).isEqualTo("tooLate");
                assertThat(Headers.text(letter.headers(), Headers.SOURCE)).isEqualTo("test:" + lines.size());
            });
            assertThat(installation.emissions()).isEqualTo(before);
        }
    }

    /** A call that is whole when all of it is there; most are of several sessions, which lie in several partitions. */
    private static PhoneCall joined(int number, Instant startTime) {
        SimulatedAccount account = new SimulatedAccount(Integer.toString(809_646_016 + number % 5), "+15550100006");
        CallStart start = call().in(account).seeded(number).startingAt(startTime);
        PhoneCall talk = start.inbound(CUSTOMER).answeredBy("104");
        return switch (number % 4) {
            case 0 -> talk.attendedTransferTo("106").hangUp();
            case 1 -> talk.transferredTo("105").hangUp();
            case 2 -> talk.parkedAt("*801").fetchedFromParkBy("105").hangUp();
            default -> talk.attendedTransferTo("106").attendedTransferTo("105").hangUp();
        };
    }

    private static List<String> sessionLines(PhoneCall call, int session) {
        String id = call.telephonySessionIds().get(session);
        return call.notifications().stream()
                .filter(each -> each.telephonySessionId().equals(id))
                .map(Notification::json)
                .toList();
    }

    private static String key(PhoneCall call, int session) {
        return call.account().id() + "/" + call.telephonySessionIds().get(session);
    }

    /** How far the home partitions are, those that know. */
    private static List<Double> clocks(StreamsRole app) throws Exception {
        HttpResponse<String> metrics = PlainHttp.get(app.httpAddress() + "/metrics");
        List<Double> clocks = new ArrayList<>();
        CLOCK.matcher(metrics.body())
                .results()
                .map((MatchResult found) -> Double.valueOf(found.group(1)))
                .forEach(clocks::add);
        return clocks;
    }
}
