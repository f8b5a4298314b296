package io.callweave.simulation.phonecall;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.QueueMix;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.QueueForm;
import io.callweave.simulation.platform.Wire;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Arrived;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls to queues, in every form in which the platform may report them. Each results in the record that its script
 * describes.
 */
class QueueFlowsTest {

    private static final String CUSTOMER = "+15550100002";

    @ParameterizedTest
    @EnumSource
    void shouldCountTheWaitFromTheEntryToTheAgentsAnswer(QueueForm form) {
        PhoneCall call = with(form)
                .inbound(CUSTOMER)
                .ivr("Main menu")
                .waitingIn("Support", Duration.ofSeconds(30))
                .queue("Support", "101", "102")
                .answeredBy("102")
                .after(Duration.ofSeconds(5))
                .hangUp();

        JsonNode truth = truth(call);

        assertThat(truth.at("/queues/0/outcome").asText()).isEqualTo("answered");
        assertThat(truth.at("/queues/0/name").asText()).isEqualTo("Support");
        assertThat(truth.at("/queues/0/waitMs").asLong()).isBetween(35_000L, 37_000L);
        assertThat(truth.path("timeToAnswerMs").asLong()).isGreaterThan(37_000);
        assertThat(truth.at("/answeredBy/partyId").asText())
                .isEqualTo(call.partiesOf("102").get(0));
        assertThat(roles(truth)).containsExactlyInAnyOrder("participant", "queue");
        assertIsAsTold(call);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotTreatTheMusicOfAQueueAsAnAnswer(QueueForm form) {
        PhoneCall call = with(form)
                .inbound(CUSTOMER)
                .waitingIn("Support", Duration.ofSeconds(30))
                .queue("Support", "101", "102")
                .abandoned();

        JsonNode truth = truth(call);

        assertThat(truth.path("result").asText()).isEqualTo("Abandoned");
        assertThat(truth.path("answeredBy").isNull()).isTrue();
        assertThat(truth.path("talkMs").asLong()).isZero();
        assertThat(truth.at("/queues/0/outcome").asText()).isEqualTo("abandoned");
        assertIsAsTold(call);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRecognizeAQueueWithoutRingingPhonesIfItsFormAllows(QueueForm form) {
        PhoneCall call = with(form)
                .inbound(CUSTOMER)
                .waitingIn("Support", Duration.ofSeconds(30))
                .abandoned();

        boolean marked =
                Set.of(QueueForm.MEMBERS, QueueForm.SETUP, QueueForm.ANSWERED).contains(form);
        assertThat(truth(call).path("queues")).hasSize(marked ? 1 : 0);
        assertIsAsTold(call);
    }

    @ParameterizedTest
    @EnumSource
    void shouldOverflowFromOneQueueToTheNext(QueueForm form) {
        PhoneCall ringing = with(form)
                .inbound(CUSTOMER)
                .queue("Support", "101", "102")
                .overflowsTo("Sales", "103")
                .after(Duration.ofSeconds(20));
        PhoneCall answered = ringing.answeredBy("103").hangUp();
        PhoneCall abandoned = ringing.abandoned();
        PhoneCall recorded = ringing.toVoicemailOfQueue().hangUp();

        assertThat(outcomes(answered))
                .containsExactly(Map.entry("Support", "answeredElsewhere"), Map.entry("Sales", "answered"));
        assertThat(outcomes(abandoned))
                .containsExactly(Map.entry("Support", "overflow"), Map.entry("Sales", "abandoned"));
        assertThat(outcomes(recorded))
                .containsExactly(Map.entry("Support", "voicemail"), Map.entry("Sales", "voicemail"));
        assertIsAsTold(answered);
        assertIsAsTold(abandoned);
        assertIsAsTold(recorded);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAnsweredElsewhereWhenAColleaguePicksUp(QueueForm form) {
        PhoneCall call = with(form)
                .inbound(CUSTOMER)
                .queue("Support", "101", "102")
                .pickedUpBy("109")
                .hangUp();

        assertThat(outcomes(call)).containsExactly(Map.entry("Support", "answeredElsewhere"));
        assertThat(truth(call).at("/answeredBy/partyId").asText())
                .isEqualTo(call.partiesOf("109").get(0));
        assertIsAsTold(call);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReachAQueueByABlindTransfer(QueueForm form) {
        PhoneCall call = with(form)
                .inbound(CUSTOMER)
                .answeredBy("104")
                .transferredToQueue("Billing", "105")
                .abandoned()
                .after(Duration.ofSeconds(9));

        assertThat(outcomes(call)).containsExactly(Map.entry("Billing", "abandoned"));
        assertThat(truth(call).at("/answeredBy/partyId").asText())
                .isEqualTo(call.partiesOf("104").get(0));
        assertThat(truth(call).path("incomplete")).isEmpty();
        assertIsAsTold(call);
    }

    @Test
    void shouldRingOneAgentAfterTheOther() {
        PhoneCall call = call().inbound(CUSTOMER)
                .queue("Support", "101")
                .queueMovesOnTo("102")
                .queueMovesOnTo("103")
                .answered()
                .hangUp();

        assertThat(outcomes(call)).containsExactly(Map.entry("Support", "answered"));
        assertThat(truth(call).at("/answeredBy/partyId").asText())
                .isEqualTo(call.partiesOf("103").get(0));
        assertIsAsTold(call);
    }

    @Test
    void shouldRingAnAgentOnTwoDevices() {
        PhoneCall direct = call().inbound(CUSTOMER)
                .ringingOnTwoDevices("104")
                .answeredBy("104")
                .hangUp();
        PhoneCall queue = call().inbound(CUSTOMER)
                .queue("Support", "104", "105", "104")
                .answeredBy("104")
                .hangUp();

        assertThat(direct.partiesOf("104")).hasSize(2);
        assertThat(queue.partiesOf("104")).hasSize(2);
        assertThat(truth(direct).findValuesAsText("deviceId")).contains("80000104016", "81000104016");
        assertThat(outcomes(queue)).containsExactly(Map.entry("Support", "answered"));
        assertIsAsTold(direct);
        assertIsAsTold(queue);
    }

    @Test
    void shouldSayWhatCannotHappenInAQueue() {
        PhoneCall direct = call().inbound(CUSTOMER).ringing("104");

        assertThatIllegalStateException()
                .isThrownBy(() -> direct.toVoicemailOfQueue().notifications());
        assertThatIllegalStateException()
                .isThrownBy(() -> call().inbound(CUSTOMER)
                        .queue("Support", "104")
                        .overflowsTo("Support", "105")
                        .notifications());
    }

    @Test
    void shouldShowQueuesAsTheMixSays() {
        CentreSize size = new CentreSize(3, 1, 40, Instant.parse("2026-03-02T10:00:00Z"), Duration.ofMinutes(30));

        Arrived never = Arrived.of(size.with(QueueMix.parse("unmarked=1")), DeliveryFaults.NONE);
        Arrived always = Arrived.of(size.with(QueueMix.parse("answered=1")), DeliveryFaults.NONE);

        assertThat(ownPartiesOfQueues(never)).isNotEmpty().doesNotContain("Answered");
        assertThat(ownPartiesOfQueues(always)).contains("Answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "answered", "answered=x", "music=3", "answered=0", "answered=1,,"})
    void shouldSayWhatIsWrongAboutAMix(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QueueMix.parse(text))
                .withMessageMatching(".*(is not FORM=SHARE|needs a share).*\\.");
    }

    /** The statuses of parties with a queue as their own extension. */
    private static Set<String> ownPartiesOfQueues(Arrived arrived) {
        return arrived.parties().stream()
                .filter(party -> party.at("/to/name").asText().endsWith(" queue")
                        && party.path("extensionId")
                                .asText()
                                .equals(party.at("/to/extensionId").asText()))
                .map(party -> party.at("/status/code").asText())
                .collect(Collectors.toSet());
    }

    private static CallStart with(QueueForm form) {
        return call().on(Wire.TODAY.showingQueuesAs(form));
    }

    private static List<Map.Entry<String, String>> outcomes(PhoneCall call) {
        return truth(call)
                .path("queues")
                .valueStream()
                .map(queue -> Map.entry(
                        queue.path("name").asText(), queue.path("outcome").asText()))
                .toList();
    }

    private static Set<String> roles(JsonNode truth) {
        return Set.copyOf(truth.path("parties").findValuesAsText("role"));
    }

    private static JsonNode truth(PhoneCall call) {
        return WireJson.read(call.truths().get(0).json());
    }

    private static void assertIsAsTold(PhoneCall call) {
        assertThat(Truth.ofCalls(call.truths()).differences(Assembled.lines(call.lines())))
                .as("%s", call)
                .isEmpty();
    }
}
