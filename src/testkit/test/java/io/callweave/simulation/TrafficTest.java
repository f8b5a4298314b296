package io.callweave.simulation;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.testcalls.Arrived;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A contact centre, its day and its traffic. */
class TrafficTest {

    private static final DeliveryFaults BAD = DeliveryFaults.parse("shuffled=5s,duplicated=5%,dropped=1%,late=0.1%");
    private static final Arrived HOUR = Arrived.of(1, 2, 150, Duration.ofHours(1), DeliveryFaults.NONE);

    @Test
    void shouldBeTheSameForTheSameSeed() {
        Arrived first = Arrived.of(7, 2, 20, Duration.ofMinutes(30), BAD);
        Arrived second = Arrived.of(7, 2, 20, Duration.ofMinutes(30), BAD);

        assertThat(second.lines()).isNotEmpty().isEqualTo(first.lines());
        assertThat(second.truths()).isNotEmpty().isEqualTo(first.truths());
        assertThat(Arrived.of(8, 2, 20, Duration.ofMinutes(30), BAD).lines()).isNotEqualTo(first.lines());
    }

    @Test
    void shouldArriveInTheOrderOfSendingIfNothingGoesWrong() {
        assertThat(HOUR.notifications()).extracting(Notification::sentAt).isSorted();
        assertThat(HOUR.lines()).doesNotHaveDuplicates();
    }

    @Test
    void shouldHaveEveryKindOfEvent() {
        Set<String> statuses = HOUR.parties().stream()
                .map(party -> party.at("/status/code").asText())
                .collect(toSet());
        Set<String> reasons = HOUR.parties().stream()
                .map(party -> party.at("/status/reason").asText(""))
                .collect(toSet());

        assertThat(statuses)
                .containsExactlyInAnyOrder(
                        "Setup",
                        "Proceeding",
                        "Answered",
                        "Hold",
                        "Parked",
                        "VoiceMail",
                        "VoiceMailScreening",
                        "FaxReceive",
                        "Disconnected",
                        "Gone");
        assertThat(reasons)
                .contains(
                        "AttendedTransfer",
                        "BlindTransfer",
                        "RccTransfer",
                        "DtmfTransfer",
                        "Conference",
                        "Supervising",
                        "TakeOver",
                        "CallPark",
                        "ParkLocation",
                        "Pickup",
                        "CallFlip",
                        "CallSwitch",
                        "AgentAnswered",
                        "AgentDropped",
                        "CallerInputRedirect",
                        "CallRedirected",
                        "NoAnswer",
                        "TargetBusy",
                        "Cancelled",
                        "Rejected",
                        "InvalidNumber");
    }

    @Test
    void shouldHaveEveryKindOfCall() {
        List<JsonNode> truths = HOUR.truthTrees();

        assertThat(values(truths, "result"))
                .contains(
                        "Accepted",
                        "Call connected",
                        "Missed",
                        "Abandoned",
                        "Voicemail",
                        "Received",
                        "No Answer",
                        "Busy");
        assertThat(values(truths, "action")).contains("Phone Call", "RingOut Web", "Incoming Fax", "Monitoring");
        assertThat(truths.stream().flatMap(truth -> truth.path("transfers").findValuesAsText("kind").stream()))
                .contains("attended", "blind", "park", "conference", "flip", "switch", "pickup");
        assertThat(values(truths, "status")).containsExactlyInAnyOrder("complete", "partial");
        assertThat(values(truths, "internal")).containsExactlyInAnyOrder("true", "false");
        assertThat(truths.stream().mapToInt(truth -> truth.path("sessions").size()))
                .as("chains and stars of sessions")
                .anyMatch(sessions -> sessions >= 4);
    }

    @Test
    void shouldHaveEveryKindOfWaitAndEnd() {
        List<JsonNode> truths = HOUR.truthTrees();

        assertThat(truths.stream().flatMap(truth -> truth.path("queues").findValuesAsText("outcome").stream()))
                .contains("answered", "answeredElsewhere", "voicemail", "overflow", "abandoned");
        assertThat(truths.stream().flatMap(truth -> truth.path("parties").findValuesAsText("role").stream()))
                .contains("participant", "queue", "host", "supervisor", "bridge");
        assertThat(truths.stream().map(truth -> truth.path("incomplete").toString()))
                .contains(
                        "[\"unseenContinuation\"]",
                        "[\"sequenceGap\",\"unseenContinuation\"]",
                        "[\"sequenceGap\"]",
                        "[\"noFinalStatus\"]");
    }

    @Test
    void shouldHaveEveryFormOnTheWire() {
        assertThat(HOUR.lines())
                .anyMatch(line -> line.startsWith("["))
                .anyMatch(line -> line.contains("\"pn_apns\""))
                .anyMatch(line -> line.contains("\"sipData\""))
                .anyMatch(line -> line.contains("\"accountId\":4"))
                .anyMatch(line -> line.contains("\"accountId\":\"4"));
    }

    /** An agent who talks to an outside party gets no second one. */
    @Test
    void shouldGiveEachAgentOnlyOneCallerAtATime() {
        Map<String, TreeMap<Instant, Instant>> byAgent = new TreeMap<>();
        for (JsonNode call : HOUR.truthTrees()) {
            Map<String, Instant> ends = new TreeMap<>();
            Map<String, Instant> starts = new TreeMap<>();
            for (JsonNode party : call.path("parties")) {
                boolean answers = !party.path("answerTime").isNull()
                        && !party.path("role").asText().equals("queue")
                        && party.path("direction").asText().equals("Inbound")
                        && party.at("/from/phoneNumber").asText().startsWith("+");
                if (answers && !party.path("extensionId").isNull()) {
                    String agent = party.path("accountId").asText() + "/"
                            + party.path("extensionId").asText();
                    starts.putIfAbsent(
                            agent, Instant.parse(party.path("answerTime").asText()));
                    ends.put(agent, Instant.parse(party.path("endTime").asText()));
                }
            }
            starts.forEach((agent, start) ->
                    byAgent.computeIfAbsent(agent, key -> new TreeMap<>()).put(start, ends.getOrDefault(agent, start)));
        }

        assertThat(byAgent).hasSizeGreaterThan(250);
        byAgent.forEach((agent, talks) -> talks.forEach((start, end) -> {
            Instant next = talks.higherKey(start);
            assertThat(next == null || !next.isBefore(end))
                    .as("%s talks from %s to %s, and again at %s", agent, start, end, next)
                    .isTrue();
        }));
    }

    @Test
    void shouldBeBusiestInTheMorningAndQuietAtNightAndOnSundays() {
        CentreSize night = new CentreSize(1, 1, 50, Instant.parse("2026-03-02T02:00:00Z"), Duration.ofHours(1));
        CentreSize morning = new CentreSize(1, 1, 50, Instant.parse("2026-03-02T10:00:00Z"), Duration.ofHours(1));
        CentreSize sunday = new CentreSize(1, 1, 50, Instant.parse("2026-03-01T10:00:00Z"), Duration.ofHours(1));

        int atNight = Arrived.of(night, DeliveryFaults.NONE).truths().size();
        int inTheMorning = Arrived.of(morning, DeliveryFaults.NONE).truths().size();
        int onSunday = Arrived.of(sunday, DeliveryFaults.NONE).truths().size();

        assertThat(inTheMorning).isGreaterThan(3 * onSunday);
        assertThat(onSunday).isGreaterThan(3 * atNight);
    }

    @Test
    void shouldLoseRepeatAndDelayTheRequestedShares() {
        DeliveryFaults faults = DeliveryFaults.parse("shuffled=5s,duplicated=10%,dropped=5%,late=2%");

        Arrived arrived = Arrived.of(3, 1, 80, Duration.ofHours(1), faults);

        Set<String> once =
                arrived.notifications().stream().map(TrafficTest::nameOf).collect(toSet());
        int dropped = arrived.truthTrees().stream()
                .flatMap(truth -> truth.findValues("sequences").stream())
                .flatMapToInt(ranges -> {
                    List<Integer> counts = new ArrayList<>();
                    ranges.forEach(range ->
                            counts.add(range.path(1).asInt() - range.path(0).asInt() + 1));
                    return counts.stream().mapToInt(count -> count);
                })
                .sum();
        double sent = once.size() + dropped;
        assertThat(dropped / sent).isBetween(0.04, 0.06);
        assertThat((arrived.notifications().size() - once.size()) / (double) once.size())
                .isBetween(0.07, 0.13);
        assertThat(arrived.truths()).extracting(CallTruth::callId).doesNotHaveDuplicates();
    }

    /** The truth also contains calls without any delivered notification. */
    @Test
    void shouldIncludeTheTruthOfCallsThatAreLostCompletely() {
        Arrived arrived = Arrived.of(5, 1, 20, Duration.ofMinutes(20), DeliveryFaults.parse("dropped=100%"));

        assertThat(arrived.notifications()).isEmpty();
        assertThat(arrived.truths()).hasSizeGreaterThan(10);
    }

    @Test
    void shouldParseFaults() {
        assertThat(BAD).isEqualTo(new DeliveryFaults(Duration.ofSeconds(5), 0.05, 0.01, 0.001));
        assertThat(DeliveryFaults.parse("shuffled=500ms"))
                .isEqualTo(new DeliveryFaults(Duration.ofMillis(500), 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shuffled", "shuffled=5", "dropped=1", "dropped=101%", "late=-1%", "lost=1%", "dropped=1%,,"
            })
    void shouldSayWhatIsWrongAboutFaults(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeliveryFaults.parse(text))
                .withMessageMatching("(?s)\".*\" (needs|is none of) .*\\.");
    }

    @Test
    void shouldRejectAnImpossibleSize() {
        for (int[] wrong : new int[][] {{0, 5}, {901, 5}, {1, 1}, {1, 8001}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CentreSize(1, wrong[0], wrong[1], Instant.EPOCH, Duration.ofHours(1)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new CentreSize(1, 1, 5, Instant.EPOCH, Duration.ZERO));
    }

    private static Set<String> values(List<JsonNode> truths, String field) {
        return truths.stream().map(truth -> truth.path(field).asText()).collect(Collectors.toSet());
    }

    private static String nameOf(Notification notification) {
        return notification.telephonySessionId() + "/" + notification.sequence();
    }
}
