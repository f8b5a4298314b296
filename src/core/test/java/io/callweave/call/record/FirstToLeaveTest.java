package io.callweave.call.record;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestEvent.ref;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.event.PartyRef;
import org.junit.jupiter.api.Test;

/** Who hung up, as far as the order of the ends shows it. */
class FirstToLeaveTest {

    private static final TestEvent CALLER = outbound(1);
    private static final TestEvent AGENT = inbound(2).extension("102");
    private static final TestEvent THIRD = inbound(3).extension("103");

    @Test
    void shouldBeThePartyOfAPairThatEndedFirst() {
        assertThat(firstToLeave(
                        CALLER.is("Answered").at(0),
                        AGENT.is("Answered").at(100),
                        AGENT.is("Disconnected").at(5_000),
                        CALLER.is("Disconnected").at(5_010)))
                .isEqualTo(ref("a", 2));
    }

    @Test
    void shouldCompareSequenceThenIdIfBothEndAtOnce() {
        assertThat(firstToLeave(
                        CALLER.is("Answered").at(0),
                        AGENT.is("Answered").at(100),
                        CALLER.is("Disconnected").at(5_000).sequence(9),
                        AGENT.is("Disconnected").at(5_000).sequence(8)))
                .isEqualTo(ref("a", 2));
        assertThat(firstToLeave(
                        CALLER.is("Answered").at(0),
                        AGENT.is("Answered").at(100),
                        AGENT.is("Disconnected").at(5_000).sequence(8),
                        CALLER.is("Disconnected").at(5_000).sequence(8)))
                .isEqualTo(ref("a", 1));
    }

    @Test
    void shouldBeWhoBrokeUpTheLastPairOfThree() {
        assertThat(firstToLeave(
                        CALLER.is("Answered").at(0),
                        AGENT.is("Answered").at(100),
                        THIRD.is("Answered").at(200),
                        AGENT.is("Disconnected").at(3_000),
                        THIRD.is("Disconnected").at(5_000),
                        CALLER.is("Disconnected").at(6_000)))
                .isEqualTo(ref("a", 3));
    }

    /** A party that came after the agent had left was not left by the agent. */
    @Test
    void shouldNotCountWhoWasAnsweredOnlyLater() {
        assertThat(firstToLeave(
                        CALLER.is("Setup").at(0),
                        AGENT.is("Answered").at(100),
                        AGENT.is("Disconnected").at(1_000),
                        THIRD.is("Answered").at(2_000),
                        THIRD.is("Disconnected").at(5_000),
                        CALLER.is("Disconnected").at(6_000)))
                .isNull();
    }

    @Test
    void shouldCountWhoWasAnsweredInThatMoment() {
        assertThat(firstToLeave(
                        CALLER.is("Setup").at(0),
                        AGENT.is("Answered").at(100),
                        AGENT.is("Disconnected").at(1_000),
                        THIRD.is("Answered").at(1_000),
                        THIRD.is("Disconnected").at(5_000),
                        CALLER.is("Disconnected").at(6_000)))
                .isEqualTo(ref("a", 2));
    }

    @Test
    void shouldBeNullIfThePartyTransferredTheCall() {
        assertThat(firstToLeave(
                        CALLER.is("Answered").at(0),
                        AGENT.is("Answered").at(100),
                        AGENT.is("Disconnected").because("BlindTransfer").at(5_000),
                        CALLER.is("Disconnected").at(6_000)))
                .isNull();
    }

    @Test
    void shouldNotBeNullIfTheReasonAnnouncesATransferAndNobodyIsLeft() {
        assertThat(firstToLeave(
                        CALLER.is("Answered").at(0),
                        AGENT.is("Answered").at(100),
                        CALLER.is("Disconnected").at(6_000).sequence(4),
                        AGENT.is("Disconnected")
                                .because("BlindTransfer")
                                .at(5_000)
                                .sequence(5)))
                .isEqualTo(ref("a", 2));
    }

    @Test
    void shouldBeNullUnlessTheCallIsAnsweredAndOver() {
        assertThat(firstToLeave(
                        CALLER.is("Answered").at(0),
                        AGENT.is("Proceeding").at(100),
                        AGENT.is("Disconnected").at(5_000),
                        CALLER.is("Disconnected").at(6_000)))
                .isNull();
        assertThat(firstToLeave(
                        CALLER.is("Answered").at(0),
                        AGENT.is("Answered").at(100),
                        AGENT.is("Disconnected").at(5_000)))
                .isNull();
    }

    @Test
    void shouldNotBeASupervisor() {
        assertThat(firstToLeave(
                        CALLER.is("Answered").at(0),
                        AGENT.is("Answered").at(100),
                        THIRD.is("Answered").because("Supervising").at(200),
                        AGENT.is("Disconnected").at(5_000),
                        THIRD.is("Disconnected").at(5_005),
                        CALLER.is("Disconnected").at(5_010)))
                .isEqualTo(ref("a", 2));
    }

    private static PartyRef firstToLeave(TestEvent... told) {
        return TestSessions.record(told).people().firstToLeave();
    }
}
