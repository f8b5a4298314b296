package io.callweave.call.joining;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.call.CallRules;
import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.event.SessionKey;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoiningTest {

    private static final TestEvent GONE = inbound(1).is("Gone");

    @Test
    void shouldNotJoinSessionsThatDoNotNameEachOther() {
        Joining joining = TestSessions.joining(session("a", inbound(1)), session("b", inbound(1)));

        assertThat(joining.componentOf("s-a")).isEqualTo(new Joining.Component(Set.of("s-a"), Set.of()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"AttendedTransfer", "Conference", "Pickup", "CallPark", "TakeOver", "NeverHeardOf"})
    void shouldJoinForEveryReason(String reason) {
        Joining joining =
                TestSessions.joining(session("a", GONE.because(reason).peer("b", 1)), session("b", inbound(1)));

        assertThat(joining.componentOf("s-a").seen()).containsExactly("s-a", "s-b");
    }

    /** Nobody has such ids, and each session of a call would have to keep them. */
    @ParameterizedTest
    @ValueSource(ints = {253, 254})
    void shouldJoinNothingByATooLongId(int afterPrefix) {
        String peer = "b".repeat(afterPrefix);
        Joining joining = TestSessions.joining(session("a", GONE.peer(peer, 1)));

        assertThat(joining.componentOf("s-a").unseen()).isEqualTo(afterPrefix == 253 ? Set.of("s-" + peer) : Set.of());
    }

    @Test
    void shouldJoinFromEitherSide() {
        Joining joining = TestSessions.joining(session("a", GONE.peer("b", 1)), session("b", inbound(1)));

        assertThat(joining.componentOf("s-b")).isEqualTo(joining.componentOf("s-a"));
        assertThat(joining.componentOf("s-b").seen()).containsExactly("s-a", "s-b");
    }

    @Test
    void shouldJoinTwoSessionsThatNameEachOther() {
        Joining joining = TestSessions.joining(
                session("a", GONE.because("AttendedTransfer").peer("b", 1)),
                session("b", GONE.because("AttendedTransfer").peer("a", 1)));

        assertThat(joining.componentOf("s-a").seen()).containsExactly("s-a", "s-b");
        assertThat(joining.componentOf("s-b").seen()).containsExactly("s-a", "s-b");
    }

    @Test
    void shouldJoinAChain() {
        Joining joining = TestSessions.joining(
                session("a", GONE.peer("b", 1)),
                session("b", GONE.peer("c", 1)),
                session("c", GONE.peer("d", 1)),
                session("d", inbound(1)));

        assertThat(joining.componentOf("s-c").seen()).containsExactly("s-a", "s-b", "s-c", "s-d");
    }

    @Test
    void shouldJoinAStar() {
        Joining joining = TestSessions.joining(
                session("a", GONE.peer("conf", 1)),
                session("b", GONE.peer("conf", 1)),
                session("conf", outbound(1).is("Answered")),
                session("other", inbound(1)));

        assertThat(joining.componentOf("s-a").seen()).containsExactly("s-a", "s-b", "s-conf");
    }

    @Test
    void shouldJoinThroughASessionThatWasNeverSeen() {
        Joining joining = TestSessions.joining(session("a", GONE.peer("x", 1)), session("b", GONE.peer("x", 2)));

        assertThat(joining.componentOf("s-a")).isEqualTo(new Joining.Component(Set.of("s-a", "s-b"), Set.of("s-x")));
    }

    @Test
    void shouldTreatASessionWithoutEventsAsUnseen() {
        Joining joining = TestSessions.joining(session("a", GONE.peer("b", 1)), session("b"));

        assertThat(joining.componentOf("s-a")).isEqualTo(new Joining.Component(Set.of("s-a"), Set.of("s-b")));
    }

    @Test
    void shouldNameEachComponentOnce() {
        Joining joining = TestSessions.joining(
                session("a", GONE.peer("b", 1)), session("b", inbound(1)), session("c", inbound(1)));

        assertThat(joining.components(List.of("s-c", "s-b", "s-a", "s-unknown")))
                .containsExactlyInAnyOrder(
                        new Joining.Component(Set.of("s-a", "s-b"), Set.of()),
                        new Joining.Component(Set.of("s-c"), Set.of()));
    }

    // Supervision

    @Test
    void shouldNotJoinASupervisorsSession() {
        Joining joining = TestSessions.joining(
                session("a", inbound(1).is("Answered")),
                session("super", outbound(1).is("Gone").because("Supervising").peer("a", 1)));

        assertThat(joining.componentOf("s-a").seen()).containsExactly("s-a");
        assertThat(joining.componentOf("s-super").seen()).containsExactly("s-super");
    }

    @Test
    void shouldNotJoinTheCallsThatOneSupervisorListensTo() {
        Joining joining = TestSessions.joining(
                session("a", GONE.because("Supervising").peer("super", 1)),
                session("b", GONE.because("Supervising").peer("super", 1)),
                session("super", outbound(1).is("Answered")));

        assertThat(joining.components(List.of("s-a", "s-b", "s-super"))).hasSize(3);
    }

    @Test
    void shouldNotWaitForASupervisorThatWasNeverSeen() {
        Joining joining =
                TestSessions.joining(session("a", GONE.because("Supervising").peer("super", 1)));

        assertThat(joining.componentOf("s-a").unseen()).isEmpty();
    }

    @Test
    void shouldNotJoinSupervisedSessionsForAnotherReason() {
        Joining joining = TestSessions.joining(
                session("a", GONE.because("Conference").peer("super", 1)),
                session("super", outbound(1).is("Gone").because("Supervising").peer("a", 1)));

        assertThat(joining.componentOf("s-a").seen()).containsExactly("s-a");
    }

    @Test
    void shouldJoinASupervisorWhoTakesTheCallOver() {
        Joining joining = TestSessions.joining(
                session("a", inbound(1).is("Answered")),
                session(
                        "super",
                        outbound(1).is("Gone").because("Supervising").peer("a", 1),
                        outbound(1).is("Answered").because("TakeOver")));

        assertThat(joining.componentOf("s-a").seen()).containsExactly("s-a", "s-super");
    }

    @Test
    void shouldJoinASupervisorWhoTakesOverACallThatNamesTheSupervisorToo() {
        Joining joining = TestSessions.joining(
                session("a", GONE.because("Conference").peer("super", 1)),
                session(
                        "super",
                        outbound(1).is("Gone").because("Supervising").peer("a", 1),
                        outbound(1).is("Answered").because("TakeOver")));

        assertThat(joining.componentOf("s-a").seen()).containsExactly("s-a", "s-super");
        assertThat(joining.componentOf("s-super").seen()).containsExactly("s-a", "s-super");
    }

    @Test
    void shouldNotJoinIfAnotherPartyThanTheSupervisorTakesOver() {
        Joining joining = TestSessions.joining(
                session("a", inbound(1).is("Answered")),
                session(
                        "super",
                        outbound(1).is("Gone").because("Supervising").peer("a", 1),
                        outbound(2).is("Answered").because("TakeOver")));

        assertThat(joining.componentOf("s-super").seen()).containsExactly("s-super");
    }

    @Test
    void shouldWaitForACallThatASupervisorTookOver() {
        Joining joining = TestSessions.joining(session(
                "super",
                outbound(1).is("Gone").because("Supervising").peer("a", 1),
                outbound(1).is("Answered").because("TakeOver")));

        assertThat(joining.componentOf("s-super").unseen()).containsExactly("s-a");
    }

    @Test
    void shouldStillJoinSessionsThatOtherPartiesOfASupervisedCallName() {
        Joining joining = TestSessions.joining(
                session("a", GONE.because("AttendedTransfer").peer("b", 1)),
                session("b", inbound(1)),
                session("super", outbound(1).is("Gone").because("Supervising").peer("a", 1)));

        assertThat(joining.componentOf("s-a").seen()).containsExactly("s-a", "s-b");
    }

    @Test
    void shouldFollowTheSessionsThatOneAccountSeesOnly() {
        Assembly assembly = new Assembly();
        TestSessions.events("a", GONE.peer("b", 1)).forEach(assembly::add);
        SessionKey foreign = new SessionKey("2", "s-b");
        assembly.add(inbound(1).is("Disconnected").in(foreign, 2));

        List<CallRecord> records = assembly.records(CallRules.DEFAULT);

        assertThat(records)
                .extracting(CallRecord::accountId, record -> List.copyOf(record.missingSessions()))
                .containsExactlyInAnyOrder(tuple(TestEvent.ACCOUNT, List.of("s-b")), tuple("2", List.of()));
    }
}
