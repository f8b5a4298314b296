package io.callweave.simulation.phonecall;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhoneCallTest {

    private static final String CUSTOMER = "+15550100002";

    @Test
    void shouldRingForTheGivenTime() {
        PhoneCall call = call().startingAt("2026-03-02T09:00:00Z")
                .inbound(CUSTOMER)
                .answeredBy("104")
                .after(7, SECONDS)
                .hangUp();

        List<Notification> sent = call.notifications();
        assertThat(Flow.of(sent).subList(3, 5)).containsExactly("2 Inbound Proceeding", "2 Inbound Answered");
        assertThat(Duration.between(sent.get(3).eventTime(), sent.get(4).eventTime()))
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(call.startTime()).isEqualTo(Instant.parse("2026-03-02T09:00:00Z"));
        assertThat(call.answerTime()).contains(sent.get(4).eventTime());
        assertThat(call.endTime()).isEqualTo(sent.get(sent.size() - 1).eventTime());
    }

    @Test
    void shouldBeTheSameCallForTheSameScriptAndAnotherForAnotherSeed() {
        PhoneCall call = call().inbound(CUSTOMER).answeredBy("104").hangUp();
        PhoneCall same = call().inbound(CUSTOMER).answeredBy("104").hangUp();
        PhoneCall other = call().seeded(2).inbound(CUSTOMER).answeredBy("104").hangUp();

        assertThat(same.lines()).isEqualTo(call.lines());
        assertThat(other.telephonySessionIds()).isNotEqualTo(call.telephonySessionIds());
    }

    @Test
    void shouldSayWhatCannotHappen() {
        PhoneCall unanswered = call().inbound(CUSTOMER).transferredTo("106");

        assertThatIllegalStateException()
                .isThrownBy(unanswered::notifications)
                .withMessageContaining("Nobody has the call yet")
                .withMessageContaining("transferredTo(\"106\"");
    }

    @Test
    void shouldSayThatOnlyRingingExtensionsCanAnswer() {
        PhoneCall call = call().inbound(CUSTOMER).queue("Support", "101", "102").answeredBy("103");

        assertThatIllegalStateException()
                .isThrownBy(call::notifications)
                .withMessageContaining("Others ring, but not 103");
    }

    @Test
    void shouldRingAllAgentsOfAQueueUntilOneAnswers() {
        PhoneCall call = call().inbound(CUSTOMER)
                .queue("Support", "101", "102", "103")
                .answeredBy("102")
                .hangUp();

        assertThat(Flow.of(call.notifications()))
                .containsExactly(
                        "1 Outbound Setup",
                        "1 Outbound Answered",
                        "2 Inbound Proceeding",
                        "3 Inbound Proceeding",
                        "4 Inbound Proceeding",
                        "3 Inbound Answered",
                        "2 Inbound Disconnected AgentAnswered",
                        "4 Inbound Disconnected AgentAnswered",
                        "3 Inbound Disconnected",
                        "1 Outbound Disconnected");
        JsonNode agent = call.notifications().get(2).party();
        assertThat(agent.path("queueCall").asBoolean()).isTrue();
        assertThat(agent.path("extensionId").asText())
                .isEqualTo(SimulatedAccount.FIRST.extension("101").id());
        assertThat(agent.at("/to/extensionId").asText())
                .isEqualTo(SimulatedAccount.FIRST.service("Support").id());
        assertThat(agent.at("/from/name").asText()).isEqualTo("Support - WIRELESS CALLER");
    }

    @Test
    void shouldEndAVoicemailAsAMissedCall() {
        PhoneCall call = call().inbound(CUSTOMER).voicemailOf("104").hangUp();

        assertThat(Flow.of(call.notifications()))
                .endsWith("2 Inbound VoiceMail", "1 Outbound Disconnected", "2 Inbound Disconnected");
        assertThat(last(call).path("missedCall").asBoolean()).isTrue();
    }

    @Test
    void shouldLetAUserAnswerWhileScreeningTheVoicemail() {
        PhoneCall call =
                call().inbound(CUSTOMER).voicemailScreenedBy("104").answered().hangUp();

        assertThat(Flow.of(call.notifications()))
                .endsWith(
                        "2 Inbound VoiceMailScreening",
                        "2 Inbound Answered",
                        "2 Inbound Disconnected",
                        "1 Outbound Disconnected");
        assertThat(last(call).path("missedCall").asBoolean()).isFalse();
    }

    @Test
    void shouldReceiveAFaxWithoutRinging() {
        PhoneCall call = call().inbound(CUSTOMER).faxFor("104").after(21, SECONDS);

        assertThat(Flow.of(call.notifications()))
                .containsExactly(
                        "1 Outbound Setup",
                        "2 Inbound Setup",
                        "2 Inbound FaxReceive",
                        "2 Inbound Disconnected",
                        "1 Outbound Disconnected");
    }

    @Test
    void shouldSendTheReasonWithTheCalledParty() {
        PhoneCall call = call().outbound("101", CUSTOMER).busy();

        assertThat(Flow.of(call.notifications()))
                .endsWith("2 Inbound Disconnected TargetBusy", "1 Outbound Disconnected");
    }

    @Test
    void shouldTransferBlindlyInsideTheSession() {
        PhoneCall call =
                call().inbound(CUSTOMER).answeredBy("104").transferredTo("106").hangUp();

        assertThat(call.telephonySessionIds()).hasSize(1);
        assertThat(Flow.of(call.notifications()))
                .endsWith(
                        "2 Inbound Disconnected BlindTransfer",
                        "3 Inbound Setup",
                        "3 Inbound Proceeding",
                        "3 Inbound Answered",
                        "3 Inbound Disconnected",
                        "1 Outbound Disconnected");
    }

    @Test
    void shouldTransferWithAConsultationInASecondSession() {
        PhoneCall call = call().inbound(CUSTOMER)
                .answeredBy("104")
                .attendedTransferTo("106")
                .hangUp();

        assertThat(call.telephonySessionIds()).hasSize(2);
        assertThat(Flow.of(call, 0))
                .endsWith(
                        "2 Inbound Answered",
                        "2 Inbound Hold",
                        "2 Inbound Gone AttendedTransfer",
                        "2 Inbound Disconnected",
                        "1 Outbound Answered AttendedTransfer",
                        "1 Outbound Disconnected");
        assertThat(Flow.of(call, 1))
                .containsExactly(
                        "1 Outbound Setup",
                        "2 Inbound Setup",
                        "1 Outbound Answered",
                        "2 Inbound Proceeding",
                        "2 Inbound Answered",
                        "1 Outbound Gone AttendedTransfer",
                        "1 Outbound Disconnected",
                        "2 Inbound Disconnected");
        assertThat(Peers.mutual(call)).hasSize(1);
    }

    @Test
    void shouldReturnFromAConsultationWithoutATransfer() {
        PhoneCall call = call().inbound(CUSTOMER)
                .answeredBy("104")
                .consulting("106")
                .backFromConsulting()
                .hangUp();

        assertThat(Flow.of(call, 0))
                .endsWith("2 Inbound Hold", "2 Inbound Answered", "2 Inbound Disconnected", "1 Outbound Disconnected");
        assertThat(Peers.named(call)).isEmpty();
    }

    @Test
    void shouldGroupSessionsByCall() {
        PhoneCall call = call().inbound(CUSTOMER)
                .answeredBy("104")
                .consulting("106")
                .backFromConsulting()
                .supervisedBy("109")
                .attendedTransferTo("107")
                .hangUp();

        List<String> sessions = call.telephonySessionIds();
        assertThat(call.sessionsByCall())
                .containsExactly(
                        Set.of(sessions.get(0), sessions.get(3)), Set.of(sessions.get(1)), Set.of(sessions.get(2)));
    }

    @Test
    void shouldListTheCallItselfFirstEvenIfALaterSessionTakesItIn() {
        PhoneCall call = call().inbound(CUSTOMER)
                .answeredBy("104")
                .consulting("106")
                .backFromConsulting()
                .conferenceWith("+15550100003")
                .hangUp();

        List<String> sessions = call.telephonySessionIds();
        assertThat(call.sessionsByCall())
                .containsExactly(Set.of(sessions.get(0), sessions.get(2), sessions.get(3)), Set.of(sessions.get(1)));
    }

    @Test
    void shouldBringEveryCallOfTheHostIntoTheConference() {
        PhoneCall call = call().inbound(CUSTOMER)
                .answeredBy("104")
                .conferenceWith("+15550100003", "106")
                .leaves("+15550100003")
                .hangUp();

        assertThat(call.telephonySessionIds()).hasSize(4);
        assertThat(Flow.of(call, 3))
                .containsExactly(
                        "1 Outbound Setup",
                        "1 Outbound Answered",
                        "2 Inbound Gone",
                        "3 Inbound Gone",
                        "4 Inbound Gone",
                        "1 Outbound Disconnected");
        assertThat(Flow.of(call, 0)).contains("2 Inbound Gone Conference");
        assertThat(Flow.of(call, 1)).contains("1 Outbound Gone Conference");
        assertThat(Peers.mutual(call)).hasSize(3);
        assertThat(conference(call).at("/body/sessionId").asText()).isEqualTo("0");
        assertThat(conference(call).at("/body/parties/0/conferenceRole").asText())
                .isEqualTo("Host");
    }

    @Test
    void shouldRetrieveFromAParkLocationWithoutACrossCall() {
        PhoneCall call = call().inbound(CUSTOMER)
                .answeredBy("104")
                .parkedInLocation()
                .fetchedFromLocationBy("105")
                .hangUp();

        assertThat(Flow.of(call.notifications()))
                .contains("2 Inbound Parked ParkLocation", "3 Inbound Answered")
                .noneMatch(line -> line.contains("Gone"));
    }

    @Test
    void shouldLetAColleaguePickUpARingingPhone() {
        PhoneCall call =
                call().inbound(CUSTOMER).ringing("104").pickedUpBy("105").hangUp();

        assertThat(Flow.of(call.notifications()))
                .endsWith(
                        "2 Inbound Proceeding",
                        "2 Inbound Disconnected Pickup",
                        "3 Inbound Setup",
                        "3 Inbound Answered",
                        "3 Inbound Disconnected",
                        "1 Outbound Disconnected");
    }

    @Test
    void shouldSuperviseFromASessionOfItsOwnAndTakeOver() {
        PhoneCall call = call().inbound(CUSTOMER)
                .answeredBy("104")
                .supervisedBy("109")
                .takenOver()
                .hangUp();

        assertThat(Flow.of(call, 0)).endsWith("2 Inbound Disconnected TakeOver", "1 Outbound Disconnected");
        assertThat(Flow.of(call, 1))
                .containsExactly(
                        "1 Outbound Setup",
                        "1 Outbound Answered Supervising",
                        "1 Outbound Gone Supervising",
                        "1 Outbound Answered TakeOver",
                        "1 Outbound Disconnected");
    }

    @Test
    void shouldShowBothPartiesOfARingOutAsInbound() {
        PhoneCall call = call().ringOut("104", CUSTOMER).answered().hangUp();

        assertThat(Flow.of(call.notifications()))
                .containsExactly(
                        "1 Inbound Proceeding",
                        "1 Inbound Answered",
                        "2 Inbound Proceeding",
                        "2 Inbound Answered",
                        "1 Inbound Disconnected",
                        "2 Inbound Disconnected");
        assertThat(last(call).path("ringOutRole").asText()).isEqualTo("Target");
        assertThat(last(call().ringOutWithoutRoles("104", CUSTOMER).answered().hangUp())
                        .has("ringOutRole"))
                .isFalse();
    }

    @Test
    void shouldBeOutboundOnASwitchedDevice() {
        PhoneCall call =
                call().inbound(CUSTOMER).answeredBy("104").switchedDevice().hangUp();

        assertThat(Flow.of(call.notifications()))
                .endsWith(
                        "2 Inbound Disconnected CallSwitch",
                        "3 Outbound Answered",
                        "3 Outbound Disconnected",
                        "1 Outbound Disconnected");
    }

    @Test
    void shouldLetEitherColleagueAct() {
        PhoneCall call =
                call().internal("101", "102").answered().by("102").hold().hangUp();

        assertThat(Flow.of(call.notifications()))
                .endsWith("2 Inbound Hold", "2 Inbound Disconnected", "1 Outbound Disconnected");
    }

    @Test
    void shouldRepeatTheStatusForMutesRecordingsAndNames() {
        PhoneCall call = call().inbound(CUSTOMER)
                .answeredBy("104")
                .mute()
                .unmute()
                .recorded()
                .recordingPaused()
                .nameLearned("Alice")
                .hangUp();

        List<Notification> sent = call.notifications();
        assertThat(Flow.of(sent).subList(4, 10)).containsOnly("2 Inbound Answered");
        assertThat(sent.get(5).party().path("muted").asBoolean()).isTrue();
        assertThat(sent.get(7).party().at("/recordings/0/active").asBoolean()).isTrue();
        assertThat(sent.get(8).party().at("/recordings/0/active").asBoolean()).isFalse();
        assertThat(sent.get(9).party().at("/from/name").asText()).isEqualTo("Alice");
        assertThat(last(call).at("/from/name").asText()).isEqualTo("Alice");
    }

    @Test
    void shouldNotDeliverThePartiesOfAnotherAccount() {
        PhoneCall call = call().inboundFrom(SimulatedAccount.SECOND.extension("201"))
                .answeredBy("104")
                .hangUp();

        assertThat(Flow.of(call.notifications())).allMatch(line -> line.startsWith("2 Inbound"));
    }

    @Test
    void shouldShowForeignPartiesOnTheAccountsOwnUriIfRequested() {
        PhoneCall call = call().showingForeignParties()
                .inboundFrom(SimulatedAccount.SECOND.extension("201"))
                .answeredBy("104")
                .hangUp();

        JsonNode first = call.notifications().get(0).tree();
        assertThat(first.path("event").asText()).isEqualTo("/restapi/v1.0/account/809646016/telephony/sessions");
        assertThat(first.at("/body/parties/0/accountId").asText()).isEqualTo(SimulatedAccount.SECOND.id());
    }

    private static JsonNode last(PhoneCall call) {
        return call.notifications().get(call.notifications().size() - 1).party();
    }

    private static JsonNode conference(PhoneCall call) {
        return call.notifications().stream()
                .map(Notification::tree)
                .filter(tree -> tree.at("/body/origin/type").asText().equals("Conference"))
                .findFirst()
                .orElseThrow();
    }
}
