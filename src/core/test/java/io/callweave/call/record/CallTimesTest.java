package io.callweave.call.record;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.call;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.Call;
import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import org.junit.jupiter.api.Test;

class CallTimesTest {

    private static final TestEvent CALLER = outbound(1);
    private static final TestEvent AGENT = inbound(2).extension("101");
    private static final TestEvent OTHER_AGENT = inbound(3).extension("102");
    private static final TestEvent SUPERVISOR = outbound(4).extension("109");

    // Start and end

    @Test
    void shouldLastFromTheEarliestEventToTheLatestEnd() {
        CallTimes times = times(
                CALLER.is("Answered").at(100),
                AGENT.is("Answered").at(5_000),
                AGENT.is("Disconnected").at(9_000),
                CALLER.is("Disconnected").at(9_100));

        assertThat(times.startTime()).isEqualTo(100);
        assertThat(times.endTime()).isEqualTo(9_100);
        assertThat(times.durationMs()).isEqualTo(9_000);
    }

    @Test
    void shouldEndWithTheFirstFinalStatusOfTheLastPartyAndNotWithWhatTrailsIt() {
        CallTimes times = times(
                CALLER.is("Answered").at(0),
                CALLER.is("Gone").at(5_000),
                CALLER.is("Disconnected").at(8_000));

        assertThat(times.endTime()).isEqualTo(5_000);
    }

    @Test
    void shouldEndAtTheLatestEventOfAPartyThatIsNotOver() {
        CallTimes times =
                times(CALLER.is("Answered").at(12_000), AGENT.is("Disconnected").at(9_000));

        assertThat(times.endTime()).isEqualTo(12_000);
    }

    @Test
    void shouldNotBeMadeLongerByASupervisor() {
        CallTimes times = times(
                CALLER.is("Answered").at(0),
                SUPERVISOR.is("Answered").because("Supervising").at(1_000),
                CALLER.is("Disconnected").at(5_000),
                SUPERVISOR.is("Disconnected").at(60_000));

        assertThat(times.endTime()).isEqualTo(5_000);
    }

    @Test
    void shouldEndWithTheSupervisorIfThereIsNobodyElse() {
        CallTimes times = times(
                SUPERVISOR.is("Answered").because("Supervising").at(1_000),
                SUPERVISOR.is("Disconnected").at(60_000));

        assertThat(times.durationMs()).isEqualTo(59_000);
    }

    @Test
    void shouldNotHaveANegativeDuration() {
        CallTimes times = times(
                SUPERVISOR.is("Answered").because("Supervising").at(1_000),
                CALLER.is("Disconnected").at(5_000));
        CallTimes backwards = new CallTimes(5_000, 4_000, null, null, 0, 0, 0);

        assertThat(times.durationMs()).isEqualTo(4_000);
        assertThat(backwards.durationMs()).isZero();
    }

    // Answer

    @Test
    void shouldBeAnsweredByTheFirstWhoWasCalledAndNotByTheCaller() {
        CallTimes times = times(
                CALLER.is("Setup").at(50),
                CALLER.is("Answered").at(100),
                AGENT.is("Proceeding").at(200),
                AGENT.is("Answered").at(7_000),
                OTHER_AGENT.is("Answered").at(6_000));

        assertThat(times.answerTime()).isEqualTo(6_000);
        assertThat(times.timeToAnswerMs()).isEqualTo(5_950);
    }

    @Test
    void shouldNotBeAnsweredByASupervisorOrABridge() {
        CallTimes times = times(
                CALLER.is("Setup").at(0),
                inbound(4)
                        .extension("109")
                        .is("Answered")
                        .because("Supervising")
                        .at(100),
                inbound(5).is("Gone").at(200),
                AGENT.is("Disconnected").at(9_000));

        assertThat(times.answerTime()).isNull();
        assertThat(times.timeToAnswerMs()).isNull();
    }

    @Test
    void shouldNotBeAnsweredByTheInitiatorOfARingOut() {
        CallTimes times = times(
                inbound(1)
                        .origin("RingOut")
                        .ringOutRole("Initiator")
                        .is("Answered")
                        .at(2_000),
                inbound(2)
                        .origin("RingOut")
                        .ringOutRole("Target")
                        .is("Answered")
                        .at(9_000));

        assertThat(times.answerTime()).isEqualTo(9_000);
    }

    @Test
    void shouldBeAnsweredByASupervisorWhoTakesTheCallOver() {
        TestEvent supervisor = outbound(3).extension("109");
        CallTimes times = times(
                CALLER.is("Answered").at(0),
                inbound(2).is("Answered").at(1_000),
                supervisor.is("Answered").because("Supervising").at(2_000),
                supervisor.is("Answered").because("TakeOver").at(3_000),
                inbound(2).is("Disconnected").because("TakeOver").at(3_100),
                supervisor.is("Disconnected").at(9_000),
                CALLER.is("Disconnected").at(9_000));

        assertThat(times.answerTime()).isEqualTo(1_000);
        assertThat(times.talkMs()).isEqualTo(8_000);
    }

    @Test
    void shouldCountTheRingingOfAMailboxThatIsLeftWithAKeyAndNotOfAMenu() {
        TestEvent owner = inbound(2).extension("101");
        CallTimes mailbox = times(
                CALLER.is("Answered").at(0),
                owner.is("Proceeding").at(1_000),
                owner.is("Voicemail").at(4_000),
                owner.is("Disconnected").because("CallerInputRedirect").at(5_000));
        CallTimes menu = times(
                CALLER.is("Answered").at(0),
                owner.is("Answered").at(1_000),
                owner.is("Disconnected").because("CallerInputRedirect").at(5_000));

        assertThat(mailbox.ringMs()).isEqualTo(3_000);
        assertThat(menu.answerTime()).isNull();
    }

    @Test
    void shouldBeAnsweredByTheCallingSideOfASessionThatShowsNobodyCalled() {
        CallTimes times = times(
                CALLER.extension("104").is("Setup").at(0),
                CALLER.extension("104").is("Answered").at(3_000),
                inbound(2).is("Gone").at(3_500));

        assertThat(times.answerTime()).isEqualTo(3_000);
    }

    @Test
    void shouldNotTreatASupervisorAsACalledParty() {
        CallTimes times = times(
                CALLER.extension("104").is("Setup").at(0),
                CALLER.extension("104").is("Answered").at(3_000),
                inbound(4)
                        .extension("109")
                        .is("Answered")
                        .because("Supervising")
                        .at(4_000));

        assertThat(times.answerTime()).isEqualTo(3_000);
    }

    @Test
    void shouldNotBeAnsweredByTheCallingSideIfSomebodyCalledIsShown() {
        CallTimes times = times(
                CALLER.is("Answered").at(3_000), inbound(2).is("Disconnected").at(9_000));

        assertThat(times.answerTime()).isNull();
    }

    @Test
    void shouldDecideWhoAnswersSeparatelyInEachSession() {
        Call call = call(
                session("a", CALLER.is("Answered").at(100), AGENT.is("Answered").at(5_000)),
                session("b", CALLER.is("Setup").at(6_000), CALLER.is("Answered").at(7_000)));

        CallTimes times = CallTimes.of(call, 10_000);

        assertThat(times.answerTime()).isEqualTo(5_000);
        assertThat(times.talkMs()).isEqualTo(5_000);
    }

    @Test
    void shouldBeAnsweredInALaterSessionToo() {
        Call call = call(
                session(
                        "a",
                        CALLER.is("Proceeding").at(0),
                        AGENT.is("Proceeding").at(10)),
                session("b", OTHER_AGENT.is("Answered").at(4_000)));

        assertThat(CallTimes.of(call, 10_000).answerTime()).isEqualTo(4_000);
    }

    // Talk, hold and park

    @Test
    void shouldCountTheAnsweredTimeOfAnsweringParties() {
        CallTimes times = times(
                CALLER.is("Answered").at(0),
                AGENT.is("Answered").at(5_000),
                AGENT.is("Disconnected").at(9_000),
                CALLER.is("Disconnected").at(9_500));

        assertThat(times.talkMs()).isEqualTo(4_000);
    }

    @Test
    void shouldCountSimultaneousTalkOnce() {
        CallTimes times = times(
                AGENT.is("Answered").at(0),
                OTHER_AGENT.is("Answered").at(2_000),
                AGENT.is("Disconnected").at(6_000),
                OTHER_AGENT.is("Disconnected").at(10_000));

        assertThat(times.talkMs()).isEqualTo(10_000);
    }

    @Test
    void shouldNotCountTalkWhileAPartyIsOnHoldOrParked() {
        CallTimes times = times(
                CALLER.is("Answered").at(0),
                AGENT.is("Answered").at(0),
                CALLER.is("Hold").at(1_000),
                CALLER.is("Answered").at(3_000),
                CALLER.is("Parked").at(6_000),
                CALLER.is("Answered").at(7_000),
                AGENT.is("Disconnected").at(10_000),
                CALLER.is("Disconnected").at(10_000));

        assertThat(times.talkMs()).isEqualTo(7_000);
        assertThat(times.holdMs()).isEqualTo(2_000);
        assertThat(times.parkMs()).isEqualTo(1_000);
    }

    @Test
    void shouldCountSimultaneousHoldOnce() {
        CallTimes times = times(
                CALLER.is("Hold").at(1_000),
                AGENT.is("Hold").at(2_000),
                CALLER.is("Answered").at(3_000),
                AGENT.is("Answered").at(5_000),
                AGENT.is("Disconnected").at(9_000),
                CALLER.is("Disconnected").at(9_000));

        assertThat(times.holdMs()).isEqualTo(4_000);
        assertThat(times.talkMs()).isEqualTo(4_000);
    }

    @Test
    void shouldCountTalkWhileOnlyASupervisorIsOnHold() {
        CallTimes times = times(
                AGENT.is("Answered").at(0),
                SUPERVISOR.is("Hold").because("Supervising").at(1_000),
                SUPERVISOR.is("Disconnected").at(3_000),
                AGENT.is("Disconnected").at(9_000));

        assertThat(times.talkMs()).isEqualTo(9_000);
        assertThat(times.holdMs()).isZero();
    }

    @Test
    void shouldEndOpenStatusesWithTheCall() {
        CallTimes times = times(
                AGENT.is("Answered").at(0),
                CALLER.is("Answered").at(0),
                CALLER.is("Disconnected").at(9_000));

        assertThat(times.talkMs()).isEqualTo(9_000);
    }

    // Ring

    @Test
    void shouldCountSimultaneousRingingOnceUpToTheAnswer() {
        CallTimes times = times(
                CALLER.is("Answered").at(0),
                AGENT.is("Proceeding").at(1_000),
                OTHER_AGENT.is("Proceeding").at(3_000),
                AGENT.is("Answered").at(6_000),
                OTHER_AGENT.is("Disconnected").at(6_500));

        assertThat(times.ringMs()).isEqualTo(5_000);
    }

    @Test
    void shouldNotCountRingingAfterTheAnswer() {
        CallTimes times = times(
                AGENT.is("Proceeding").at(0),
                AGENT.is("Answered").at(2_000),
                OTHER_AGENT.is("Proceeding").at(4_000),
                OTHER_AGENT.is("Answered").at(7_000));

        assertThat(times.ringMs()).isEqualTo(2_000);
    }

    @Test
    void shouldCountAllRingingIfNobodyAnswers() {
        CallTimes times = times(
                AGENT.is("Proceeding").at(0),
                AGENT.is("Disconnected").at(2_000),
                OTHER_AGENT.is("Proceeding").at(4_000),
                OTHER_AGENT.is("Disconnected").at(7_000));

        assertThat(times.ringMs()).isEqualTo(5_000);
    }

    @Test
    void shouldNotCountTheCallersOwnProceedingAsRinging() {
        CallTimes times = times(
                CALLER.is("Proceeding").at(0),
                CALLER.is("Answered").at(2_000),
                AGENT.is("Answered").at(2_000));

        assertThat(times.ringMs()).isNull();
    }

    @Test
    void shouldHaveZeroRingingIfAllRingingCameAfterTheAnswer() {
        CallTimes times = times(
                AGENT.is("Answered").at(0),
                OTHER_AGENT.is("Proceeding").at(4_000),
                OTHER_AGENT.is("Gone").at(5_000));

        assertThat(times.ringMs()).isZero();
    }

    private static CallTimes times(TestEvent... told) {
        return TestSessions.record(told).times();
    }
}
