package io.callweave.call;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.call;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {

    private static final TestEvent CALLER = outbound(1);
    private static final TestEvent AGENT = inbound(2).extension("101");
    private static final TestEvent CALLER_LEAVES = CALLER.is("Disconnected").at(9_000);

    @Test
    void shouldBeOverBeyondDoubtIfEverybodyIsOverAndNothingIsOpen() {
        Call call = call(AGENT.is("Disconnected").at(9_000), CALLER_LEAVES);

        assertThat(isBeyondDoubt(call)).isTrue();
    }

    @Test
    void shouldBeInDoubtWhileSomebodyIsNotOver() {
        Call call = call(CALLER_LEAVES, AGENT.is("Answered"));

        assertThat(isBeyondDoubt(call)).isFalse();
    }

    @Test
    void shouldBeInDoubtWhileASequenceIsMissing() {
        Call call = call(AGENT.is("Disconnected").sequence(2), CALLER_LEAVES.sequence(4));

        assertThat(isBeyondDoubt(call)).isFalse();
        assertThat(Completion.isBeyondDoubt(call, new CallRules(false))).isTrue();
    }

    @Test
    void shouldBeInDoubtWhileAPeerIsUnseen() {
        Call call =
                Call.of(List.of(session("a", AGENT.is("Disconnected").peer("b", 1), CALLER_LEAVES)), List.of("s-b"));

        assertThat(isBeyondDoubt(call)).isFalse();
    }

    @Test
    void shouldBeInDoubtIfOnlyOnePartyWasSeen() {
        Call call = call(CALLER.is("Answered"), CALLER_LEAVES);

        assertThat(isBeyondDoubt(call)).isFalse();
    }

    @Test
    void shouldBeInDoubtIfOnlyOnePartyOfOneOfItsSessionsWasSeen() {
        Call call = call(session("a", AGENT.is("Disconnected"), CALLER_LEAVES), session("b", CALLER_LEAVES));

        assertThat(isBeyondDoubt(call)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BlindTransfer",
                "RccTransfer",
                "DtmfTransfer",
                "AttendedTransfer",
                "CallerInputRedirect",
                "CallFlip",
                "CallSwitch",
                "TakeOver",
                "CallPark",
                "ParkLocation",
                "Pickup",
                "CallRedirected",
                "Conference"
            })
    void shouldBeInDoubtWhileAnAnnouncedContinuationIsUnseen(String reason) {
        Call call = call(CALLER_LEAVES, AGENT.is("Disconnected").because(reason));

        assertThat(isBeyondDoubt(call)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"AgentAnswered", "AgentDropped", "CallFinished", "Voicemail", "Rejected", "NeverHeardOf"})
    void shouldNotWaitAfterAReasonThatAnnouncesNothing(String reason) {
        Call call = call(CALLER_LEAVES, AGENT.is("Disconnected").because(reason));

        assertThat(isBeyondDoubt(call)).isTrue();
    }

    @Test
    void shouldSeeAContinuationInAPartyThatBeginsLater() {
        Call call = call(
                CALLER.is("Answered"),
                AGENT.is("Disconnected").because("BlindTransfer"),
                inbound(3).extension("102").is("Disconnected"),
                CALLER_LEAVES);

        assertThat(isBeyondDoubt(call)).isTrue();
    }

    @Test
    void shouldNotSeeAContinuationInAPartyThatWasThereBefore() {
        Call call = call(
                CALLER.is("Answered"),
                inbound(3).extension("102").is("Proceeding"),
                AGENT.is("Disconnected").because("BlindTransfer"),
                inbound(3).extension("102").is("Disconnected"),
                CALLER_LEAVES);

        assertThat(isBeyondDoubt(call)).isFalse();
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

        assertThat(isBeyondDoubt(call)).isTrue();
    }

    @Test
    void shouldSeeAContinuationInASessionThatNamesThisOne() {
        Call call = call(
                session("a", CALLER.is("Answered"), AGENT.is("Gone").because("Pickup"), CALLER_LEAVES),
                session("b", inbound(1).is("Gone").peer("a", 2), inbound(2).is("Disconnected")));

        assertThat(isBeyondDoubt(call)).isTrue();
    }

    @Test
    void shouldNotSeeAContinuationInASessionThatNamesAnother() {
        Call call = call(
                session("a", CALLER.is("Answered"), AGENT.is("Gone").because("Pickup"), CALLER_LEAVES),
                session("b", inbound(1).is("Gone").peer("c", 2), inbound(2).is("Disconnected")),
                session("c", inbound(1).is("Disconnected"), inbound(2).is("Disconnected")));

        assertThat(isBeyondDoubt(call)).isFalse();
    }

    @Test
    void shouldNameEveryDoubt() {
        Call call = Call.of(
                List.of(session(
                        "a",
                        AGENT.is("Answered").sequence(2),
                        CALLER.is("Gone").because("CallPark").peer("b", 1).sequence(5))),
                List.of("s-b"));

        assertThat(Completion.doubts(call, CallRules.DEFAULT))
                .extracting(Object::getClass)
                .containsExactly(
                        Doubt.PartyOpen.class,
                        Doubt.SessionAwaited.class,
                        Doubt.SequencesMissing.class,
                        Doubt.ContinuationUnseen.class);
        assertThat(Completion.doubts(call(CALLER_LEAVES.sequence(2)), CallRules.DEFAULT))
                .extracting(Object::getClass)
                .containsExactly(Doubt.PartyAlone.class);
        assertThat(Completion.doubts(call, new CallRules(false))).noneMatch(Doubt.SequencesMissing.class::isInstance);
    }

    @Test
    void shouldSayWhatEachDoubtIsAbout() {
        Call call = call(
                CALLER.is("Answered"),
                CALLER.is("Hold"),
                AGENT.is("Disconnected").because("BlindTransfer"));

        assertThat(Completion.doubts(call, CallRules.DEFAULT))
                .containsExactly(
                        new Doubt.PartyOpen(TestEvent.ref("a", 1), "Hold", null),
                        new Doubt.ContinuationUnseen(TestEvent.ref("a", 2), "BlindTransfer"));
    }

    private static boolean isBeyondDoubt(Call call) {
        boolean beyondDoubt = Completion.isBeyondDoubt(call, CallRules.DEFAULT);
        assertThat(Completion.doubts(call, CallRules.DEFAULT).isEmpty()).isEqualTo(beyondDoubt);
        return beyondDoubt;
    }
}
