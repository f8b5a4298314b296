package io.callweave.call.calllog;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.call;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallRules;
import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallResultTest {

    private static final TestEvent CALLER = outbound(1);
    private static final TestEvent OWN_CALLER = outbound(1).extension("104");
    private static final TestEvent AGENT = inbound(2).extension("101");
    private static final TestEvent OUTSIDE = inbound(2);
    private static final TestEvent SUPERVISOR =
            outbound(3).extension("109").is("Answered").because("Supervising");

    // Result

    @Test
    void shouldBeAcceptedIfAnInboundCallIsAnswered() {
        CallResult outcome = outcome(CALLER.is("Answered"), AGENT.is("Answered"), AGENT.is("Disconnected"));

        assertThat(outcome).isEqualTo(new CallResult("Voice", "Phone Call", "Accepted"));
    }

    @Test
    void shouldBeConnectedIfAnOutboundCallIsAnswered() {
        CallResult outcome =
                outcome(OWN_CALLER.is("Answered"), OUTSIDE.is("Answered").because("Rejected"));

        assertThat(outcome).isEqualTo(new CallResult("Voice", "Phone Call", "Call connected"));
    }

    @Test
    void shouldBeConnectedIfAnInternalCallIsAnswered() {
        assertThat(outcome(OWN_CALLER.is("Setup"), AGENT.is("Answered")).result())
                .isEqualTo("Call connected");
    }

    @Test
    void shouldBeAcceptedEvenIfItEndsInAVoicemail() {
        CallResult outcome = outcome(
                CALLER.is("Answered"),
                AGENT.is("Answered"),
                inbound(3).extension("102").is("Voicemail"));

        assertThat(outcome.result()).isEqualTo("Accepted");
    }

    @Test
    void shouldBeAVoicemailIfSomebodySpokeToIt() {
        assertThat(outcome(CALLER.is("Answered"), AGENT.is("VoiceMail")).result())
                .isEqualTo("Voicemail");
        assertThat(outcome(OWN_CALLER.is("Setup"), AGENT.is("VoiceMail").because("Rejected"))
                        .result())
                .isEqualTo("Voicemail");
        assertThat(outcome(CALLER.is("Answered"), AGENT.queueCall(true).is("VoiceMail"))
                        .result())
                .isEqualTo("Voicemail");
    }

    @Test
    void shouldNotBeAVoicemailIfItWasOnlyScreened() {
        assertThat(outcome(CALLER.is("Answered"), AGENT.is("VMScreening")).result())
                .isEqualTo("Missed");
    }

    @Test
    void shouldBeMissedIfNobodyAnswersAnInboundCall() {
        assertThat(outcome(CALLER.is("Answered"), AGENT.is("Disconnected").because("TargetBusy"))
                        .result())
                .isEqualTo("Missed");
    }

    @Test
    void shouldBeAbandonedIfACallerLeavesAQueue() {
        CallResult outcome = outcome(
                CALLER.is("Answered"),
                AGENT.queueCall(true).is("Proceeding"),
                AGENT.is("Disconnected"),
                CALLER.is("Disconnected"));

        assertThat(outcome.result()).isEqualTo("Abandoned");
    }

    @ParameterizedTest
    @CsvSource({
        "TargetBusy, Busy",
        "Rejected, Rejected",
        "InvalidNumber, Wrong Number",
        "InternationalDisabled, International Disabled",
        "DestinationBlocked, Blocked",
        "NotEnoughFunds, No Calling Credit",
        "InternalError, Internal Error",
        "Cancelled, Hang Up",
        "CallerDropped, Hang Up",
        "NoAnswer, No Answer",
        "Timeout, No Answer",
        "NeverHeardOf, No Answer"
    })
    void shouldSayWhyAnOutboundCallIsNotAnswered(String reason, String result) {
        TestEvent ends = OUTSIDE.is("Disconnected").because(reason);

        assertThat(outcome(OWN_CALLER.is("Setup"), OUTSIDE.is("Proceeding"), ends)
                        .result())
                .isEqualTo(result);
        assertThat(outcome(OWN_CALLER.is("Setup"), ends.extension("101")).result())
                .as("of an internal call")
                .isEqualTo(result);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "Cancelled")
    void shouldBeNoAnswerWithoutAReasonThatSaysMore(String reason) {
        CallResult outcome =
                outcome(OWN_CALLER.is("Setup"), OWN_CALLER.is("Disconnected").because(reason));

        assertThat(outcome.result()).isEqualTo(reason == null ? "No Answer" : "Hang Up");
    }

    @Test
    void shouldUseTheReasonWithTheLatestTime() {
        CallResult outcome = outcome(
                OWN_CALLER.is("Setup").at(0),
                OUTSIDE.is("Disconnected").because("TargetBusy").at(9_000),
                OWN_CALLER.is("Disconnected").because("Rejected").at(8_000));

        assertThat(outcome.result()).isEqualTo("Busy");
    }

    @Test
    void shouldUseTheLastReasonEvenIfLaterEventsHaveNone() {
        CallResult outcome = outcome(
                OWN_CALLER.is("Setup").at(0),
                OUTSIDE.is("Disconnected").because("TargetBusy").at(8_000),
                OWN_CALLER.is("Disconnected").at(9_000));

        assertThat(outcome.result()).isEqualTo("Busy");
    }

    @Test
    void shouldUseTheReasonWithTheHighestSequenceOfEqualTimes() {
        CallResult outcome = outcome(
                OWN_CALLER.is("Setup").at(0),
                OUTSIDE.is("Disconnected").because("TargetBusy").at(9_000),
                OWN_CALLER.is("Disconnected").because("Rejected").at(9_000));

        assertThat(outcome.result()).isEqualTo("Rejected");
    }

    @Test
    void shouldUseTheReasonOfTheGreaterPartyOfEqualSequences() {
        CallResult outcome = outcome(
                OWN_CALLER.is("Setup").at(0),
                OUTSIDE.is("Disconnected").because("TargetBusy").at(9_000).sequence(3),
                OWN_CALLER.is("Disconnected").because("Rejected").at(9_000).sequence(3));

        assertThat(outcome.result()).isEqualTo("Busy");
    }

    // Type

    @Test
    void shouldBeAReceivedFaxIfAPartyReceivesOne() {
        CallResult outcome = outcome(CALLER.is("Answered"), AGENT.is("FaxReceive"), AGENT.is("Answered"));

        assertThat(outcome).isEqualTo(new CallResult("Fax", "Incoming Fax", "Received"));
    }

    // Action

    @Test
    void shouldBeMonitoringIfEverybodySupervises() {
        assertThat(outcome(SUPERVISOR)).isEqualTo(new CallResult("Voice", "Monitoring", "Call connected"));
    }

    @Test
    void shouldNotBeMonitoringIfSomebodyIsSupervised() {
        assertThat(outcome(CALLER.is("Answered"), SUPERVISOR, AGENT.is("Answered"))
                        .action())
                .isEqualTo("Phone Call");
    }

    @Test
    void shouldBeARingOutByItsFirstSession() {
        CallResult outcome = outcome(
                inbound(1).extension("104").is("Answered").origin("RingOut"),
                inbound(2).is("Answered").origin("RingOut"));

        assertThat(outcome).isEqualTo(new CallResult("Voice", "RingOut Web", "Call connected"));
    }

    @Test
    void shouldBeAConferenceCallOnlyIfTheFirstSessionIsAConference() {
        Session conference = session(
                "conf",
                OWN_CALLER
                        .conferenceRole("Host")
                        .is("Answered")
                        .origin("Conference")
                        .at(50));
        Session earlier = session("a", CALLER.is("Answered").at(10));
        Session later = session("b", CALLER.is("Answered").at(90));

        assertThat(record(conference, later).outcome().action()).isEqualTo("Conference Call");
        assertThat(record(conference, earlier).outcome().action()).isEqualTo("Phone Call");
    }

    private static CallResult outcome(TestEvent... told) {
        return TestSessions.record(told).outcome();
    }

    private static CallRecord record(Session... sessions) {
        return CallRecord.of(call(sessions), CallRules.DEFAULT);
    }
}
