package io.callweave.call.session;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestEvent.party;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has a call after party 2 ended, whether the new party is up after the end or before it. */
class SuccessorTest {

    private static final TestEvent CALLER = outbound(1).is("Answered");
    private static final TestEvent AGENT = inbound(2).extension("102");
    private static final TestEvent OTHER = inbound(3).extension("103");
    private static final TestEvent FOURTH = inbound(4).extension("104");

    // Above the end

    @Test
    void shouldBeTheNextToBeginAndNotALaterOneOrOneThatWasThere() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        inbound(5).is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer"),
                        FOURTH.is("Proceeding"),
                        OTHER.is("Proceeding")))
                .isEqualTo("p-a-4");
    }

    @Test
    void shouldBeTheSmallerIdOfThoseThatBeginNextTogether() {
        assertThat(successor(
                        CALLER.sequence(2),
                        AGENT.is("Answered").sequence(3),
                        AGENT.is("Disconnected").sequence(4),
                        FOURTH.is("Proceeding").sequence(5),
                        OTHER.is("Proceeding").sequence(5)))
                .isEqualTo("p-a-3");
    }

    @Test
    void shouldBeTheQueueIfThatBeginsNext() {
        TestEvent queue = inbound(4).extension("900").queueCall(true).to(new Address(null, null, "900", null));

        assertThat(successor(CALLER, AGENT.is("Disconnected"), queue.is("Setup"), OTHER.is("Proceeding")))
                .isEqualTo("p-a-4");
    }

    @Test
    void shouldNotBeASupervisorOrABridgeThatBeginsNext() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Disconnected"),
                        inbound(5).is("Gone"),
                        inbound(6).is("Answered").because("Supervising"),
                        OTHER.is("Proceeding")))
                .isEqualTo("p-a-3");
    }

    /** The end is the first of the final run: what trails it changes nothing. */
    @Test
    void shouldCountFromTheFirstFinalStatus() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        AGENT.is("Gone").because("AttendedTransfer"),
                        OTHER.is("Proceeding"),
                        AGENT.is("Disconnected")))
                .isEqualTo("p-a-3");
    }

    // Before the end: (a) began while the other one talked

    @Test
    void shouldBeTheLastThatBeganAfterTheAnswer() {
        assertThat(successor(
                        CALLER,
                        inbound(5).is("Proceeding"),
                        AGENT.is("Answered"),
                        FOURTH.is("Proceeding"),
                        OTHER.is("Proceeding"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isEqualTo("p-a-3");
    }

    @Test
    void shouldBeTheGreaterIdOfThoseThatBeganTogether() {
        assertThat(successor(
                        CALLER.sequence(2),
                        AGENT.is("Answered").sequence(3),
                        FOURTH.is("Proceeding").sequence(4),
                        OTHER.is("Proceeding").sequence(4),
                        AGENT.is("Disconnected").because("BlindTransfer").sequence(5)))
                .isEqualTo("p-a-4");
    }

    @Test
    void shouldNotBeOneThatBeganBeforeTheAnswer() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Proceeding"),
                        OTHER.is("Proceeding"),
                        AGENT.is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isNull();
    }

    @Test
    void shouldNotBeOneThatBeganAtTheSequenceOfTheAnswer() {
        assertThat(successor(
                        CALLER.sequence(2),
                        AGENT.is("Answered").sequence(3),
                        OTHER.is("Proceeding").sequence(3),
                        AGENT.is("Disconnected").because("BlindTransfer").sequence(4)))
                .isNull();
    }

    @Test
    void shouldCountFromTheFirstAnswer() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        OTHER.is("Proceeding"),
                        AGENT.is("Hold"),
                        AGENT.is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isEqualTo("p-a-3");
    }

    @Test
    void shouldCountFromTheBeginningIfItNeverTalkedExceptInAPickup() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Proceeding"),
                        OTHER.is("Proceeding"),
                        AGENT.is("Disconnected").because("CallRedirected")))
                .isEqualTo("p-a-3");
        assertThat(successor(
                        CALLER,
                        AGENT.is("Proceeding"),
                        OTHER.is("Proceeding"),
                        AGENT.is("Disconnected").because("Pickup")))
                .isNull();
        assertThat(successor(
                        CALLER,
                        OTHER.is("Proceeding"),
                        AGENT.is("Proceeding"),
                        AGENT.is("Disconnected").because("CallRedirected")))
                .isNull();
    }

    @Test
    void shouldNotBeOneThatBeganTogetherWithItIfItNeverTalked() {
        assertThat(successor(
                        CALLER.sequence(2),
                        AGENT.is("Proceeding").sequence(3),
                        OTHER.is("Proceeding").sequence(3),
                        AGENT.is("Disconnected").because("CallRedirected").sequence(4)))
                .isNull();
    }

    @Test
    void shouldBePickedUpByOneThatBeganAfterTheAnswer() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        AGENT.is("Hold"),
                        OTHER.is("Setup"),
                        AGENT.is("Disconnected").because("Pickup")))
                .isEqualTo("p-a-3");
    }

    @Test
    void shouldHaveTheSameDirectionOrTheSameExtension() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        outbound(3).extension("103").is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isNull();
        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        outbound(3).extension("102").is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isEqualTo("p-a-3");
        assertThat(successor(CALLER, party(2).is("Answered"), party(3).is("Answered"), party(2).is("Disconnected")))
                .isNull();
    }

    @Test
    void shouldStillBeThereAfterTheEnd() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        OTHER.is("Answered"),
                        OTHER.is("Disconnected"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isNull();
        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        OTHER.is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer"),
                        OTHER.is("Disconnected")))
                .isEqualTo("p-a-3");
        assertThat(successor(
                        CALLER.sequence(2),
                        AGENT.is("Answered").sequence(3),
                        OTHER.is("Answered").sequence(4),
                        AGENT.is("Disconnected").because("BlindTransfer").sequence(5),
                        OTHER.is("Disconnected").sequence(5)))
                .isNull();
    }

    @Test
    void shouldNotBeAQueueASupervisorOrABridgeThatBeganBefore() {
        TestEvent queue = inbound(4).extension("900").queueCall(true).to(new Address(null, null, "900", null));

        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        queue.is("Setup"),
                        inbound(5).is("Gone"),
                        inbound(6).is("Answered").because("Supervising"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isNull();
    }

    // Before the end: (b) had been answered

    @ParameterizedTest
    @ValueSource(strings = {"Pickup", "CallFlip", "CallSwitch"})
    void shouldBeOneThatHadBeenAnsweredWhateverItsBeginning(String reason) {
        assertThat(successor(
                        CALLER,
                        OTHER.is("Proceeding"),
                        AGENT.is("Proceeding"),
                        OTHER.is("Answered"),
                        AGENT.is("Disconnected").because(reason)))
                .isEqualTo("p-a-3");
    }

    @Test
    void shouldNotHaveBeenAnsweredForAnotherReasonOrTooLate() {
        assertThat(successor(
                        CALLER,
                        OTHER.is("Answered"),
                        AGENT.is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isNull();
        assertThat(successor(
                        CALLER,
                        OTHER.is("Proceeding"),
                        AGENT.is("Proceeding"),
                        AGENT.is("Disconnected").because("Pickup"),
                        OTHER.is("Answered")))
                .isNull();
        assertThat(successor(
                        CALLER.sequence(2),
                        OTHER.is("Proceeding").sequence(3),
                        AGENT.is("Proceeding").sequence(4),
                        AGENT.is("Disconnected").because("Pickup").sequence(5),
                        OTHER.is("Answered").sequence(5)))
                .isNull();
    }

    @Test
    void shouldBeTheLastToBeginOfBothKinds() {
        assertThat(successor(
                        CALLER,
                        FOURTH.is("Answered"),
                        OTHER.is("Answered"),
                        AGENT.is("Answered"),
                        AGENT.is("Disconnected").because("CallFlip")))
                .isEqualTo("p-a-3");
        assertThat(successor(
                        CALLER,
                        OTHER.is("Answered"),
                        AGENT.is("Answered"),
                        FOURTH.is("Proceeding"),
                        AGENT.is("Disconnected").because("CallFlip")))
                .isEqualTo("p-a-4");
    }

    /** RingCentral begins with 2, but documents no lowest sequence. */
    @Test
    void shouldKnowAnAnswerOfTheLowestSequence() {
        assertThat(successor(
                        AGENT.is("Answered").sequence(0),
                        OTHER.is("Setup").sequence(1),
                        AGENT.is("Disconnected").because("Pickup").sequence(2)))
                .isEqualTo("p-a-3");
        assertThat(successor(
                        OTHER.is("Answered").sequence(0),
                        AGENT.is("Proceeding").sequence(1),
                        AGENT.is("Disconnected").because("Pickup").sequence(2)))
                .isEqualTo("p-a-3");
    }

    // Take-over

    @Test
    void shouldBeWhoTookOverWhateverTheDirection() {
        TestEvent supervisor = outbound(3).extension("103");

        assertThat(successor(
                        supervisor.is("Answered").because("Supervising"),
                        CALLER,
                        AGENT.is("Answered"),
                        supervisor.is("Answered").because("TakeOver"),
                        AGENT.is("Disconnected").because("TakeOver")))
                .isEqualTo("p-a-3");
        assertThat(successor(
                        supervisor.is("Answered").because("Supervising"),
                        CALLER,
                        AGENT.is("Answered"),
                        supervisor.is("Answered").because("TakeOver"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isNull();
        assertThat(successor(
                        supervisor.is("Answered").because("TakeOver"),
                        CALLER,
                        AGENT.is("Answered"),
                        supervisor.is("Disconnected"),
                        AGENT.is("Disconnected").because("TakeOver")))
                .isNull();
    }

    @Test
    void shouldBeNobodyWhileThePartyIsNotOver() {
        assertThat(successor(CALLER, AGENT.is("Answered"), OTHER.is("Answered")))
                .isNull();
    }

    /** The direction of a device that follows is that of the one before. */
    @Test
    void shouldKnowADeviceThatFollowsByTheDirectionItTookOver() {
        assertThat(successor(
                        CALLER,
                        AGENT.is("Answered"),
                        outbound(3).extension("102").is("Setup"),
                        AGENT.is("Disconnected").because("CallSwitch"),
                        outbound(3).extension("102").is("Disconnected")))
                .isEqualTo("p-a-3");
    }

    /** One event at a time, in any order: the fold that reuses the one before agrees with one from scratch. */
    @Test
    void shouldNotDependOnTheOrderOfArrival() {
        List<PartyEvent> events = new ArrayList<>(TestSessions.events(
                "a",
                CALLER,
                AGENT.is("Proceeding"),
                OTHER.is("Proceeding"),
                AGENT.is("Answered"),
                outbound(4).extension("102").is("Setup"),
                outbound(4).extension("102").is("Answered"),
                AGENT.is("Disconnected").because("CallSwitch"),
                OTHER.is("Disconnected")));
        Session whole = Session.of(events.get(0).session(), events);
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(events, random);

            Session session = Session.empty(events.get(0).session());
            for (PartyEvent event : events) {
                session = session.with(event);
                session.fold();
            }

            assertThat(session.fold().parties()).isEqualTo(whole.fold().parties());
            assertThat(successor(session)).isEqualTo("p-a-4");
        }
    }

    private static @Nullable String successor(TestEvent... told) {
        return successor(TestSessions.session("a", told));
    }

    /** Of party 2. */
    private static @Nullable String successor(Session session) {
        List<Party> parties = session.fold().parties();
        Party ended = parties.stream()
                .filter(each -> each.id().equals("p-a-2"))
                .findFirst()
                .orElseThrow();
        Party successor = new PartyPresence(parties).successor(ended);
        return successor == null ? null : successor.id();
    }
}
