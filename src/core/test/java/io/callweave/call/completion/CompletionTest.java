package io.callweave.call.completion;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.call;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.TestEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {

    private static final TestEvent CALLER = outbound(1);
    private static final TestEvent AGENT = inbound(2).extension("101");
    private static final TestEvent CALLER_LEAVES = CALLER.is("Disconnected").at(9_000);

    @Test
    void shouldBeSettledIfEverybodyIsOverAndNothingIsOpen() {
        Call call = call(AGENT.is("Disconnected").at(9_000), CALLER_LEAVES);

        assertThat(isSettled(call)).isTrue();
    }

    @Test
    void shouldNotWaitForACallThatIsSettled() {
        Call call = call(AGENT.is("Disconnected").at(9_000), CALLER_LEAVES);

        assertThat(Completion.of(call, CallRules.DEFAULT, CompletionTimeouts.DEFAULT))
                .isEqualTo(new CompletionTimeouts.Wait(CompletionReason.OVER, 0));
    }

    @Test
    void shouldWaitForACallThatIsNotSettled() {
        Call call = call(CALLER_LEAVES, AGENT.is("Answered"));

        assertThat(Completion.of(call, CallRules.DEFAULT, CompletionTimeouts.DEFAULT))
                .isEqualTo(CompletionTimeouts.DEFAULT.of(call))
                .extracting(CompletionTimeouts.Wait::reason)
                .isEqualTo(CompletionReason.MAX_IDLE);
    }

    @Test
    void shouldNotBeSettledWhileSomebodyIsNotOver() {
        Call call = call(CALLER_LEAVES, AGENT.is("Answered"));

        assertThat(isSettled(call)).isFalse();
    }

    @Test
    void shouldNotBeSettledWhileASequenceIsMissing() {
        Call call = call(AGENT.is("Disconnected").sequence(2), CALLER_LEAVES.sequence(4));

        assertThat(isSettled(call)).isFalse();
        assertThat(Completion.isSettled(call, new CallRules(false))).isTrue();
    }

    @Test
    void shouldBeSettledDespiteAGapIfTheAccountIgnoresGaps() {
        Call call = call(AGENT.is("Disconnected").sequence(2), CALLER_LEAVES.sequence(4));
        CallRules ignored = new CallRules(true, Map.of(TestEvent.ACCOUNT, false));

        assertThat(Completion.isSettled(call, ignored)).isTrue();
        assertThat(Completion.blockers(call, ignored)).isEmpty();
        assertThat(Completion.isSettled(call, new CallRules(true, Map.of("2", false))))
                .isFalse();
    }

    @Test
    void shouldNotBeSettledWhileAPeerIsUnseen() {
        Call call =
                Call.of(List.of(session("a", AGENT.is("Disconnected").peer("b", 1), CALLER_LEAVES)), List.of("s-b"));

        assertThat(isSettled(call)).isFalse();
    }

    @Test
    void shouldNotBeSettledIfOnlyOnePartyWasSeen() {
        Call call = call(CALLER.is("Answered"), CALLER_LEAVES);

        assertThat(isSettled(call)).isFalse();
    }

    @Test
    void shouldNotBeSettledIfOnlyOnePartyOfOneSessionWasSeen() {
        Call call = call(session("a", AGENT.is("Disconnected"), CALLER_LEAVES), session("b", CALLER_LEAVES));

        assertThat(isSettled(call)).isFalse();
    }

    /** {@link ContinuationsTest} has all reasons. */
    @Test
    void shouldNotBeSettledWhileAnAnnouncedContinuationIsUnseen() {
        Call call = call(CALLER.is("Answered"), AGENT.is("Disconnected").because("BlindTransfer"), CALLER_LEAVES);

        assertThat(isSettled(call)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"AgentAnswered", "AgentDropped", "CallFinished", "Voicemail", "Rejected", "NeverHeardOf"})
    void shouldNotWaitAfterAReasonThatAnnouncesNothing(String reason) {
        Call call = call(CALLER_LEAVES, AGENT.is("Disconnected").because(reason));

        assertThat(isSettled(call)).isTrue();
    }

    @Test
    void shouldSeeAContinuationInAPartyThatBeginsLater() {
        Call call = call(
                CALLER.is("Answered"),
                AGENT.is("Disconnected").because("BlindTransfer"),
                inbound(3).extension("102").is("Disconnected"),
                CALLER_LEAVES);

        assertThat(isSettled(call)).isTrue();
    }

    @Test
    void shouldNotSeeAContinuationInAPartyThatWasThereBefore() {
        Call call = call(
                CALLER.is("Answered"),
                inbound(3).extension("102").is("Proceeding"),
                AGENT.is("Disconnected").because("BlindTransfer"),
                inbound(3).extension("102").is("Disconnected"),
                CALLER_LEAVES);

        assertThat(isSettled(call)).isFalse();
    }

    @Test
    void shouldSeeAContinuationInThePeerThatThePartyNames() {
        Call call = call(
                session(
                        "a",
                        CALLER.is("Answered"),
                        AGENT.is("Gone").because("AttendedTransfer").peer("b", 1),
                        CALLER_LEAVES),
                session("b", inbound(1).is("Disconnected"), inbound(2).is("Disconnected")));

        assertThat(isSettled(call)).isTrue();
    }

    @Test
    void shouldSeeAContinuationInASessionThatNamesThisOne() {
        Call call = call(
                session("a", CALLER.is("Answered"), AGENT.is("Gone").because("Pickup"), CALLER_LEAVES),
                session("b", inbound(1).is("Gone").peer("a", 2), inbound(2).is("Disconnected")));

        assertThat(isSettled(call)).isTrue();
    }

    @Test
    void shouldNotSeeAContinuationInASessionThatNamesAnother() {
        Call call = call(
                session("a", CALLER.is("Answered"), AGENT.is("Gone").because("Pickup"), CALLER_LEAVES),
                session("b", inbound(1).is("Gone").peer("c", 2), inbound(2).is("Disconnected")),
                session("c", inbound(1).is("Disconnected"), inbound(2).is("Disconnected")));

        assertThat(isSettled(call)).isFalse();
    }

    @Test
    void shouldListEveryBlocker() {
        Call call = Call.of(
                List.of(session(
                        "a",
                        AGENT.is("Answered").sequence(2),
                        CALLER.is("Gone").because("CallPark").peer("b", 1).sequence(5))),
                List.of("s-b"));

        assertThat(Completion.blockers(call, CallRules.DEFAULT))
                .extracting(Object::getClass)
                .containsExactly(
                        CompletionBlocker.PartyOpen.class,
                        CompletionBlocker.SessionAwaited.class,
                        CompletionBlocker.SequencesMissing.class,
                        CompletionBlocker.ContinuationUnseen.class);
        assertThat(Completion.blockers(call(CALLER_LEAVES.sequence(2)), CallRules.DEFAULT))
                .extracting(Object::getClass)
                .containsExactly(CompletionBlocker.PartyAlone.class);
        assertThat(Completion.blockers(call, new CallRules(false)))
                .noneMatch(CompletionBlocker.SequencesMissing.class::isInstance);
    }

    @Test
    void shouldSayWhatEachBlockerIsAbout() {
        Call call = call(
                CALLER.is("Answered"),
                CALLER.is("Hold"),
                AGENT.is("Disconnected").because("BlindTransfer"));

        assertThat(Completion.blockers(call, CallRules.DEFAULT))
                .containsExactly(
                        new CompletionBlocker.PartyOpen(TestEvent.ref("a", 1), "Hold", null),
                        new CompletionBlocker.ContinuationUnseen(TestEvent.ref("a", 2), "BlindTransfer"));
    }

    private static boolean isSettled(Call call) {
        boolean beyondDoubt = Completion.isSettled(call, CallRules.DEFAULT);
        assertThat(Completion.blockers(call, CallRules.DEFAULT).isEmpty()).isEqualTo(beyondDoubt);
        return beyondDoubt;
    }
}
