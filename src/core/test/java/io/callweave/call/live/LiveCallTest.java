package io.callweave.call.live;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestEvent.ref;
import static io.callweave.call.TestSessions.call;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.TestEvent;
import io.callweave.call.event.Address;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveCallTest {

    private static final TestEvent CALLER = outbound(1).from("+15550100002").to("106");
    private static final TestEvent AGENT = inbound(2).extension("104");
    private static final TestEvent OTHER = inbound(3).extension("105");
    private static final Address SALES = new Address(null, "Sales", "50", null);
    private static final TestEvent RUNG_BY_QUEUE =
            inbound(2).extension("104").queueCall(true).to(SALES);

    @Test
    void shouldBeConnectingFromTheStartOfTheCall() {
        LiveCall live = live(CALLER.at(100), CALLER.is("Answered").at(300), AGENT.at(200));

        assertState(live, LiveState.CONNECTING, 100);
    }

    @Test
    void shouldBeRingingFromTheFirstPhoneThatRings() {
        LiveCall live = live(
                CALLER.at(100),
                AGENT.is("Proceeding").at(400),
                OTHER.is("Proceeding").at(200),
                OTHER.is("Proceeding").at(900));

        assertState(live, LiveState.RINGING, 200);
    }

    @Test
    void shouldNotBeRingingBecauseOfTheCallerOrASupervisor() {
        LiveCall live = live(
                CALLER.is("Proceeding").at(100),
                AGENT.at(200),
                OTHER.is("Proceeding").because("Supervising").at(300));

        assertState(live, LiveState.CONNECTING, 100);
    }

    @Test
    void shouldBeQueuedWhileTheQueueRingsItsAgents() {
        LiveCall live = live(
                CALLER.at(100),
                RUNG_BY_QUEUE.at(200),
                RUNG_BY_QUEUE.is("Proceeding").at(300));

        assertState(live, LiveState.QUEUED, 300);
    }

    @Test
    void shouldBeQueuedAsLongAsTheQueueItselfHasTheCall() {
        TestEvent queue = inbound(4).extension("50").queueCall(true).to(SALES);

        LiveCall live = live(
                CALLER.at(100),
                queue.at(200),
                queue.is("Answered").at(250),
                RUNG_BY_QUEUE.is("Proceeding").at(300),
                RUNG_BY_QUEUE.is("Disconnected").at(400));

        assertState(live, LiveState.QUEUED, 250);
        assertThat(live.answerTime()).isNull();
        assertThat(live.parties()).extracting(LiveParty::role).contains(Role.QUEUE);
    }

    @Test
    void shouldBeTalkingOnceAnAgentOfAQueueHasAnswered() {
        LiveCall live = live(
                CALLER.at(100),
                RUNG_BY_QUEUE.is("Proceeding").at(300),
                RUNG_BY_QUEUE.is("Answered").at(700));

        assertState(live, LiveState.TALKING, 700);
        assertThat(live.answeredBy()).isNotNull();
        assertThat(live.answeredBy().queueExtensionId()).isEqualTo("50");
    }

    @Test
    void shouldBeTalkingRatherThanRingingOrQueued() {
        LiveCall live = live(
                CALLER.at(100),
                AGENT.is("Answered").at(500),
                OTHER.is("Proceeding").at(200),
                inbound(4)
                        .extension("107")
                        .queueCall(true)
                        .to(SALES)
                        .is("Proceeding")
                        .at(300));

        assertState(live, LiveState.TALKING, 500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hold", "Parked"})
    void shouldNotBeTalkingInASessionWithAPartyOnHold(String status) {
        LiveCall live = live(
                CALLER.at(100), AGENT.is("Answered").at(500), OTHER.is(status).at(800));

        assertState(live, status.equals("Hold") ? LiveState.ON_HOLD : LiveState.PARKED, 800);
    }

    @Test
    void shouldBeTalkingWhileOnlyAnotherSessionIsOnHold() {
        Call call = call(
                session(
                        "a",
                        CALLER.at(100),
                        AGENT.is("Answered").at(200),
                        AGENT.is("Hold").at(300)),
                session(
                        "b",
                        CALLER.extension("104").at(310),
                        OTHER.is("Answered").at(400)));

        assertState(LiveCall.of(call), LiveState.TALKING, 400);
    }

    @Test
    void shouldBeOnHoldRatherThanParked() {
        LiveCall live = live(
                CALLER.at(100), AGENT.is("Parked").at(200), OTHER.is("Hold").at(300));

        assertState(live, LiveState.ON_HOLD, 300);
    }

    @Test
    void shouldBeParkedRatherThanQueuedOrRinging() {
        LiveCall live = live(
                CALLER.at(100),
                AGENT.is("Parked").at(300),
                RUNG_BY_QUEUE.is("Parked").at(300),
                OTHER.is("Proceeding").at(200));

        assertState(live, LiveState.PARKED, 300);
    }

    @Test
    void shouldBeQueuedRatherThanRinging() {
        LiveCall live = live(
                CALLER.at(100),
                OTHER.is("Proceeding").at(200),
                RUNG_BY_QUEUE.is("Proceeding").at(300));

        assertState(live, LiveState.QUEUED, 300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VoiceMail", "VMScreening"})
    void shouldBeVoicemailRatherThanAnyOtherState(String status) {
        LiveCall live = live(
                CALLER.at(100),
                AGENT.is(status).at(900),
                OTHER.is("Answered").at(200),
                inbound(4).is("FaxReceive").at(300));

        assertState(live, LiveState.VOICEMAIL, 900);
    }

    @Test
    void shouldBeFaxRatherThanTalking() {
        LiveCall live = live(
                CALLER.at(100),
                AGENT.is("FaxReceive").at(900),
                OTHER.is("Answered").at(200));

        assertState(live, LiveState.FAX, 900);
    }

    @Test
    void shouldIgnorePartiesThatAreOverOrSupervise() {
        LiveCall live = live(
                CALLER.at(100),
                AGENT.is("Answered").at(200),
                AGENT.is("Disconnected").at(300),
                OTHER.is("Answered").because("Supervising").at(250),
                OTHER.is("Hold").because("Supervising").at(260),
                inbound(4).is("Gone").at(270));

        assertState(live, LiveState.CONNECTING, 100);
        assertThat(live.parties())
                .extracting(LiveParty::ref, LiveParty::role, LiveParty::status, LiveParty::since)
                .containsExactly(
                        tuple(ref("a", 1), Role.PARTICIPANT, "Setup", 100L),
                        tuple(ref("a", 3), Role.SUPERVISOR, "Hold", 260L));
    }

    @Test
    void shouldKeepTheStartOfARepeatedStatus() {
        LiveCall live = live(
                CALLER.at(100),
                AGENT.is("Answered").at(500),
                AGENT.is("Answered").at(900));

        assertState(live, LiveState.TALKING, 500);
        assertThat(live.parties().get(1).since()).isEqualTo(500);
    }

    @Test
    void shouldBeConnectingWithoutPartiesWhenAllAreOver() {
        LiveCall live = live(
                CALLER.at(100),
                CALLER.is("Disconnected").at(900),
                AGENT.is("Disconnected").at(900));

        assertState(live, LiveState.CONNECTING, 100);
        assertThat(live.parties()).isEmpty();
    }

    @Test
    void shouldAgreeWithTheRecord() {
        Call call = call(
                session(
                        "b",
                        CALLER.extension("104").at(310),
                        OTHER.is("Answered").at(400)),
                session("a", CALLER.at(100), AGENT.is("Answered").at(200)));

        LiveCall live = LiveCall.of(call);

        CallRecord record = CallRecord.of(call, CallRules.DEFAULT);
        assertThat(live)
                .returns(record.accountId(), LiveCall::accountId)
                .returns(record.callId(), LiveCall::callId)
                .returns(record.direction(), LiveCall::direction)
                .returns(record.internal(), LiveCall::internal)
                .returns(record.outcome().action(), LiveCall::action)
                .returns(record.times().startTime(), LiveCall::startTime)
                .returns(record.times().answerTime(), LiveCall::answerTime)
                .returns(record.from(), LiveCall::from)
                .returns(record.to(), LiveCall::to)
                .returns(record.answeredBy(), LiveCall::answeredBy)
                .returns(List.of("s-a", "s-b"), LiveCall::sessions);
    }

    @Test
    void shouldShowThePartysOwnAddressAndReason() {
        Address own = new Address("106", "Agent 106", "106", null);
        LiveCall live = live(
                CALLER.at(100),
                AGENT.to(own).is("Answered").because("BlindTransfer").at(200));

        assertThat(live.parties().get(1))
                .returns("106", LiveParty::phoneNumber)
                .returns("Agent 106", LiveParty::name)
                .returns("Inbound", LiveParty::direction)
                .returns("104", LiveParty::extensionId)
                .returns("BlindTransfer", LiveParty::reason);
        assertThat(live.parties().get(0)).returns("+15550100002", LiveParty::phoneNumber);
        assertThat(live.withoutParties())
                .returns(LiveState.TALKING, LiveCall::state)
                .returns(List.of(), LiveCall::parties);
    }

    @ParameterizedTest
    @EnumSource(LiveState.class)
    void shouldNameStatesInCamelCase(LiveState state) {
        assertThat(state.wireName()).isEqualToIgnoringCase(state.name().replace("_", ""));
    }

    private static LiveCall live(TestEvent... told) {
        return LiveCall.of(call(told));
    }

    private static void assertState(LiveCall live, LiveState state, long since) {
        assertThat(live.state()).isEqualTo(state);
        assertThat(live.since()).isEqualTo(since);
    }
}
