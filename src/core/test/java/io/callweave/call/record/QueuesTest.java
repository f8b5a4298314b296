package io.callweave.call.record;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestEvent.ref;
import static io.callweave.call.TestSessions.record;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.call.AnsweredBy;
import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.event.Address;
import io.callweave.call.event.SessionKey;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Queues: which party is a queue, which queue rang which party, and how long the caller waited in each. */
class QueuesTest {

    private static final Address SALES = new Address("+15550100900", "Sales", "900", null);
    private static final Address SUPPORT = new Address("+15550100901", "Support", "901", null);
    private static final TestEvent CALLER = outbound(1).from("+15550100001");

    /** The queue's own party. */
    private static final TestEvent QUEUE = inbound(2).extension("900").to(SALES).queueCall(true);

    private static final TestEvent DANA = inbound(3).extension("103").to(SALES).queueCall(true);
    private static final TestEvent EVE = inbound(4).extension("104").to(SUPPORT).queueCall(true);

    // Which party is a queue

    @Test
    void shouldDistinguishTheQueueFromItsAgents() {
        List<Party> parties = parties(QUEUE.is("Setup"), DANA.is("Proceeding"));

        assertThat(parties).extracting(Party::role).containsExactly(Role.QUEUE, Role.PARTICIPANT);
        assertThat(parties).extracting(Party::queueExtensionId).containsExactly("900", "900");
    }

    @Test
    void shouldTreatALonePartyInSetupAsTheQueueIfItNeverRang() {
        assertThat(parties(QUEUE.is("Setup"), QUEUE.is("Answered")))
                .extracting(Party::role, Party::queueExtensionId)
                .containsExactly(tuple(Role.QUEUE, "900"));
        assertThat(parties(QUEUE.is("Setup"), QUEUE.is("Proceeding")))
                .extracting(Party::role)
                .containsExactly(Role.PARTICIPANT);
        assertThat(parties(QUEUE.is("Answered"))).extracting(Party::role).containsExactly(Role.PARTICIPANT);
    }

    @Test
    void shouldFindTheQueueInAnyEventOfAQueueCall() {
        List<Party> parties = parties(
                QUEUE.queueCall(null).is("Setup"),
                DANA.is("Proceeding"),
                DANA.to("+15550100103").queueCall(false).is("Answered"));

        assertThat(parties).extracting(Party::role).containsExactly(Role.QUEUE, Role.PARTICIPANT);
        assertThat(parties.get(1).queueExtensionId()).isEqualTo("900");
        assertThat(parties.get(1).queueCall()).isTrue();
    }

    /** RingCentral sends the party of the new device the other way round. */
    @Test
    void shouldFindTheQueueOfACallThatMovedToAnotherDevice() {
        List<Party> parties = parties(
                CALLER.from(new Address(null, null, "102", null))
                        .extension("102")
                        .is("Answered"),
                EVE.is("Proceeding"),
                DANA.is("Answered"),
                DANA.is("Disconnected").because("CallSwitch"),
                outbound(5)
                        .extension("103")
                        .from(SALES)
                        .to(new Address(null, null, "102", null))
                        .queueCall(true)
                        .is("Answered"));

        assertThat(parties).extracting(Party::role).containsOnly(Role.PARTICIPANT);
        assertThat(parties).extracting(Party::queueExtensionId).containsExactly(null, "901", "900", "900");
    }

    @Test
    void shouldFindAQueueThatOnlyTheOtherDeviceShows() {
        List<Party> parties = parties(
                CALLER.is("Answered"),
                DANA.to("+15550100103").is("Answered"),
                DANA.to("+15550100103").is("Disconnected").because("CallSwitch"),
                outbound(5).extension("103").from(SALES).queueCall(true).is("Answered"));

        assertThat(parties).extracting(Party::queueExtensionId).containsExactly(null, "900", "900");
    }

    @Test
    void shouldNotGuessBetweenTwoQueues() {
        List<Party> parties = parties(
                DANA.is("Proceeding"),
                EVE.is("Proceeding"),
                inbound(5).extension("105").to("+15550100105").queueCall(true).is("Proceeding"));

        assertThat(parties).extracting(Party::queueExtensionId).containsExactly("900", "901", null);
    }

    @Test
    void shouldIgnoreAQueueOfAnotherAccount() {
        List<Party> parties = parties(
                DANA.accountId("2").is("Proceeding"),
                inbound(4).extension("900").is("Answered"));

        assertThat(parties).extracting(Party::role).containsOnly(Role.PARTICIPANT);
        assertThat(parties).extracting(Party::queueExtensionId).containsOnlyNulls();
    }

    @Test
    void shouldKeepARoleThatComesBeforeThatOfAQueue() {
        assertThat(parties(QUEUE.is("Gone"), DANA.is("Proceeding")).get(0).role())
                .isEqualTo(Role.BRIDGE);
        assertThat(parties(QUEUE.conferenceRole("Host").is("Setup"), DANA.is("Proceeding"))
                        .get(0)
                        .role())
                .isEqualTo(Role.HOST);
    }

    // Who answers

    @Test
    void shouldNotBeAnsweredByTheQueue() {
        CallRecord call = record(
                CALLER.is("Setup").at(0),
                QUEUE.is("Setup").at(10),
                QUEUE.is("Answered").at(20),
                DANA.is("Proceeding").at(30),
                DANA.is("Disconnected").at(9_000),
                QUEUE.is("Disconnected").at(9_000),
                CALLER.is("Disconnected").at(9_000));

        assertThat(call.outcome().result()).isEqualTo("Abandoned");
        assertThat(call.times().talkMs()).isZero();
        assertThat(call.answeredBy()).isNull();
        assertThat(call.queues())
                .containsExactly(new QueueVisit("900", "Sales", 10, null, 9_000, QueueVisit.Outcome.ABANDONED));
    }

    @Test
    void shouldNotBeAnsweredByAMenu() {
        CallRecord call = record(
                CALLER.is("Setup").at(0),
                inbound(2).extension("800").is("Answered").at(10),
                inbound(2)
                        .extension("800")
                        .is("Disconnected")
                        .because("CallerInputRedirect")
                        .at(5_000),
                CALLER.is("Disconnected").at(6_000));

        assertThat(call.times().answerTime()).isNull();
        assertThat(call.outcome().result()).isEqualTo("Missed");
    }

    @Test
    void shouldNotBeAnsweredByTheOutsideCaller() {
        CallRecord call =
                record(CALLER.is("Answered").at(0), CALLER.is("Disconnected").at(6_000));

        assertThat(call.times().answerTime()).isNull();
        assertThat(call.answeredBy()).isNull();
    }

    @Test
    void shouldNotShowTheNameOfTheQueueForTheAgentWhoAnswered() {
        CallRecord call = record(
                QUEUE.is("Setup").at(0),
                DANA.is("Proceeding").at(10),
                DANA.is("Answered").at(500));

        assertThat(call.answeredBy()).isEqualTo(new AnsweredBy(ref("a", 3), "103", "900", null, null));
    }

    @Test
    void shouldShowTheOwnAddressOfTheAgentIfItIsNotTheQueues() {
        Address own = new Address("103", "Dana", "103", null);
        CallRecord call =
                record(DANA.is("Proceeding").at(10), DANA.to(own).is("Answered").at(500));

        assertThat(call.answeredBy()).isEqualTo(new AnsweredBy(ref("a", 3), "103", "900", "103", "Dana"));
    }

    @Test
    void shouldChooseTheSmallerIdOfTwoPartiesThatAnsweredAtOnce() {
        CallRecord call = record(EVE.is("Answered").at(500), DANA.is("Answered").at(500));

        assertThat(call.answeredBy().party()).isEqualTo(ref("a", 3));
    }

    // The wait

    @Test
    void shouldMeasureTheWaitInTheQueueWithoutTheMenuBefore() {
        CallRecord call = record(
                CALLER.is("Setup").at(0),
                QUEUE.is("Setup").at(30_000),
                DANA.is("Proceeding").at(31_000),
                DANA.is("Answered").at(42_000));

        assertThat(call.queues())
                .containsExactly(new QueueVisit("900", "Sales", 30_000, 42_000L, 42_000, QueueVisit.Outcome.ANSWERED));
        assertThat(call.queues().get(0).waitMs()).isEqualTo(12_000);
    }

    @Test
    void shouldOverflowIntoTheNextQueueThatIsAbandoned() {
        CallRecord call = record(
                CALLER.is("Setup").at(0),
                EVE.is("Proceeding").at(10),
                EVE.is("Disconnected").at(1_000),
                DANA.is("Proceeding").at(1_000),
                DANA.is("Disconnected").at(3_000),
                CALLER.is("Disconnected").at(3_000));

        assertThat(call.queues())
                .containsExactly(
                        new QueueVisit("901", "Support", 10, null, 1_000, QueueVisit.Outcome.OVERFLOW),
                        new QueueVisit("900", "Sales", 1_000, null, 3_000, QueueVisit.Outcome.ABANDONED));
    }

    @Test
    void shouldBeAnsweredElsewhereIfTheNextQueueAnswers() {
        CallRecord call = record(
                DANA.is("Proceeding").at(10),
                EVE.is("Proceeding").at(1_000),
                EVE.is("Answered").at(1_500),
                DANA.is("Disconnected").at(1_600));

        assertThat(call.queues())
                .containsExactly(
                        new QueueVisit("900", "Sales", 10, null, 1_500, QueueVisit.Outcome.ANSWERED_ELSEWHERE),
                        new QueueVisit("901", "Support", 1_000, 1_500L, 1_500, QueueVisit.Outcome.ANSWERED));
    }

    /** The first agent answered before the call reached the queue, and then transferred it there. */
    @Test
    void shouldNotBeAnsweredElsewhereBeforeItCameToTheQueue() {
        CallRecord call = record(
                CALLER.is("Setup").at(0),
                inbound(2).extension("102").is("Answered").at(100),
                inbound(2)
                        .extension("102")
                        .is("Disconnected")
                        .because("BlindTransfer")
                        .at(900),
                DANA.is("Proceeding").at(1_000),
                DANA.is("Disconnected").at(2_000),
                CALLER.is("Disconnected").at(2_000));

        assertThat(call.queues())
                .containsExactly(new QueueVisit("900", "Sales", 1_000, null, 2_000, QueueVisit.Outcome.ABANDONED));
    }

    @Test
    void shouldBeVoicemailInBothQueuesAfterAnOverflow() {
        CallRecord call = record(
                DANA.is("Proceeding").at(10),
                DANA.is("Disconnected").at(1_000),
                EVE.is("Proceeding").at(1_000),
                EVE.is("Voicemail").at(1_700),
                EVE.is("Disconnected").at(9_000));

        assertThat(call.queues())
                .extracting(QueueVisit::outcome, QueueVisit::leaveTime)
                .containsExactly(
                        tuple(QueueVisit.Outcome.VOICEMAIL, 1_000L), tuple(QueueVisit.Outcome.VOICEMAIL, 1_700L));
    }

    @Test
    void shouldWaitUntilTheLatestEventOfAPartyThatIsNotOver() {
        CallRecord call =
                record(DANA.is("Proceeding").at(10), DANA.is("Proceeding").at(700));

        assertThat(call.queues().get(0).leaveTime()).isEqualTo(700);
    }

    @Test
    void shouldHaveTheNameThatWasSentLast() {
        CallRecord call = record(
                DANA.is("Proceeding").at(900),
                EVE.to(new Address(null, "Old name", "900", null))
                        .is("Proceeding")
                        .at(100));

        assertThat(call.queues().get(0).name()).isEqualTo("Sales");
    }

    @Test
    void shouldCountAQueueOfSeveralSessionsOnce() {
        Call call = TestSessions.call(
                session("a", DANA.is("Proceeding").at(500)),
                session("b", DANA.is("Proceeding").at(100)));

        assertThat(CallRecord.of(call, CallRules.DEFAULT).queues())
                .singleElement()
                .extracting(QueueVisit::enterTime)
                .isEqualTo(100L);
    }

    private static List<Party> parties(TestEvent... told) {
        List<Party> parties = FoldedSession.of(session("a", told)).parties();
        assertThat(parties).hasSize((int) Arrays.stream(told)
                .map(event -> event.in(new SessionKey("1", "s-a"), 2).partyId())
                .distinct()
                .count());
        return parties;
    }
}
