package io.callweave.call.completion;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.callweave.call.Call;
import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.completion.CompletionTimeouts.Wait;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTimeoutsTest {

    private static final TestEvent OUTSIDE = outbound(1);
    private static final TestEvent OWN = inbound(2).extension("101");
    private static final CompletionTimeouts WAITS = timeouts(5, 30, 60, 14_400);

    @Test
    void shouldLingerIfEverythingSeenIsOver() {
        Wait wait = WAITS.of(TestSessions.call(OUTSIDE.is("Disconnected")));

        assertThat(wait).isEqualTo(new Wait(CompletionReason.LINGER, 5));
    }

    @Test
    void shouldWaitForAPeerThatIsUnseen() {
        Wait wait = WAITS.of(withUnseenPeer(OUTSIDE.is("Gone").peer("b", 1)));

        assertThat(wait).isEqualTo(new Wait(CompletionReason.PEER_WAIT, 30));
    }

    @Test
    void shouldWaitForOutsidePartiesThatMayNeverEnd() {
        Wait wait = WAITS.of(TestSessions.call(OUTSIDE.is("Answered"), OWN.is("Disconnected")));

        assertThat(wait).isEqualTo(new Wait(CompletionReason.OPEN_PARTY_WAIT, 60));
    }

    @Test
    void shouldWaitLongForAPartyOfTheAccount() {
        Wait wait = WAITS.of(TestSessions.call(OUTSIDE.is("Disconnected"), OWN.is("Answered")));

        assertThat(wait).isEqualTo(new Wait(CompletionReason.MAX_IDLE, 14_400));
    }

    @Test
    void shouldNotWaitForOutsidePartiesWhileAPartyOfTheAccountIsNotOver() {
        Wait wait = timeouts(5, 30, 60, 10).of(TestSessions.call(OUTSIDE.is("Answered"), OWN.is("Answered")));

        assertThat(wait).isEqualTo(new Wait(CompletionReason.MAX_IDLE, 10));
    }

    @Test
    void shouldTreatAPartyOfAnotherAccountAsAnOutsideParty() {
        Wait wait = WAITS.of(TestSessions.call(OWN.accountId("2").is("Answered")));

        assertThat(wait.reason()).isEqualTo(CompletionReason.OPEN_PARTY_WAIT);
    }

    @Test
    void shouldWaitTheLongestOfTheWaitsThatApply() {
        Call call = withUnseenPeer(OUTSIDE.is("Gone").peer("b", 1), OUTSIDE.is("Answered"));

        assertThat(WAITS.of(call)).isEqualTo(new Wait(CompletionReason.OPEN_PARTY_WAIT, 60));
        assertThat(timeouts(5, 90, 60, 14_400).of(call)).isEqualTo(new Wait(CompletionReason.PEER_WAIT, 90));
    }

    @Test
    void shouldListEveryWaitThatApplies() {
        Call call = withUnseenPeer(OUTSIDE.is("Gone").peer("b", 1), OUTSIDE.is("Answered"));

        assertThat(WAITS.applyingTo(call))
                .containsExactly(
                        new Wait(CompletionReason.PEER_WAIT, 30), new Wait(CompletionReason.OPEN_PARTY_WAIT, 60));
        assertThat(WAITS.applyingTo(TestSessions.call(OUTSIDE.is("Disconnected"))))
                .containsExactly(new Wait(CompletionReason.LINGER, 5));
        assertThat(WAITS.applyingTo(TestSessions.call(OUTSIDE.is("Answered"), OWN.is("Answered"))))
                .containsExactly(new Wait(CompletionReason.MAX_IDLE, 14_400));
    }

    @Test
    void shouldLingerForAPeerIfThatIsTheLongerWait() {
        Wait wait = timeouts(50, 30, 60, 14_400)
                .of(withUnseenPeer(OUTSIDE.is("Gone").peer("b", 1)));

        assertThat(wait).isEqualTo(new Wait(CompletionReason.LINGER, 50));
    }

    @Test
    void shouldNotLingerForACallThatIsNotOver() {
        Wait wait = timeouts(500, 30, 60, 14_400).of(TestSessions.call(OUTSIDE.is("Answered")));

        assertThat(wait).isEqualTo(new Wait(CompletionReason.OPEN_PARTY_WAIT, 60));
    }

    @Test
    void shouldTakeTheFirstOfTwoEqualWaits() {
        Wait wait = timeouts(30, 30, 60, 14_400)
                .of(withUnseenPeer(OUTSIDE.is("Gone").peer("b", 1)));

        assertThat(wait).isEqualTo(new Wait(CompletionReason.LINGER, 30));
    }

    @Test
    void shouldHaveTheNamesThatTheHeaderHas() {
        assertThat(Arrays.stream(CompletionReason.values()).map(CompletionReason::wireName))
                .containsExactly(
                        "over", "linger", "peerWait", "openPartyWait", "maxIdle", "backfill", "revised", "superseded");
    }

    @Test
    void shouldWaitAsDocumentedIfNothingIsSet() {
        assertThat(CompletionTimeouts.DEFAULT).isEqualTo(timeouts(5_000, 30_000, 60_000, 14_400_000));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, completion.linger",
        "1, 0, 1, 1, completion.peer-wait",
        "1, 1, 0, 1, completion.open-party-wait",
        "1, 1, 1, 0, completion.max-idle"
    })
    void shouldNameTheSettingThatIsNotPositive(
            long linger, long peerWait, long openPartyWait, long maxIdle, String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timeouts(linger, peerWait, openPartyWait, maxIdle))
                .withMessage(setting + " must be longer than 0s, not PT0S.");
    }

    private static CompletionTimeouts timeouts(long linger, long peerWait, long openPartyWait, long maxIdle) {
        return new CompletionTimeouts(
                Duration.ofMillis(linger),
                Duration.ofMillis(peerWait),
                Duration.ofMillis(openPartyWait),
                Duration.ofMillis(maxIdle));
    }

    private static Call withUnseenPeer(TestEvent... told) {
        return Call.of(List.of(session("a", told)), List.of("s-b"));
    }
}
