package io.callweave.call.completion;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.call.session.Session;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers and similar ends without a seen successor, and the many that only look like that. */
class ContinuationsTest {

    private static final TestEvent CALLER = outbound(1);
    private static final TestEvent AGENT = inbound(2).extension("102");
    private static final TestEvent OTHER = inbound(3).extension("103");

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
    void shouldBePartialWithoutASuccessor(String reason) {
        assertThat(incomplete(
                        CALLER.is("Answered"),
                        AGENT.is("Answered"),
                        AGENT.is("Disconnected").because(reason),
                        CALLER.is("Disconnected")))
                .containsExactly(Incomplete.UNSEEN_CONTINUATION);
    }

    @Test
    void shouldBeCompleteIfSomebodyBeginsAfterTheEnd() {
        assertThat(incomplete(
                        CALLER.is("Answered"),
                        AGENT.is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer"),
                        OTHER.is("Proceeding"),
                        OTHER.is("Disconnected"),
                        CALLER.is("Disconnected")))
                .isEmpty();
    }

    @Test
    void shouldNotTreatASupervisorOrAStandInAsTheSuccessor() {
        assertThat(incomplete(
                        CALLER.is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer"),
                        OTHER.is("Answered").because("Supervising"),
                        OTHER.is("Disconnected"),
                        inbound(4).is("Gone"),
                        CALLER.is("Disconnected")))
                .containsExactly(Incomplete.UNSEEN_CONTINUATION);
    }

    @Test
    void shouldTreatAQueueAsTheSuccessor() {
        TestEvent queue = inbound(4).extension("900").queueCall(true).to(new Address(null, null, "900", null));
        assertThat(incomplete(
                        CALLER.is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer"),
                        queue.is("Setup"),
                        queue.is("Disconnected"),
                        CALLER.is("Disconnected")))
                .isEmpty();
    }

    /** Two parties of one conversation both end with the reason: the second leaves nobody behind. */
    @Test
    void shouldAnnounceNothingIfEverybodyElseHadLeftBefore() {
        assertThat(incomplete(
                        CALLER.is("Answered"),
                        AGENT.is("Answered"),
                        CALLER.is("Disconnected"),
                        AGENT.is("Disconnected").because("BlindTransfer")))
                .isEmpty();
    }

    /** One notification can contain two parties. */
    @Test
    void shouldAnnounceAContinuationIfTheOtherLeavesInTheSameNotification() {
        assertThat(incomplete(
                        CALLER.is("Answered").sequence(2),
                        AGENT.is("Answered").sequence(3),
                        AGENT.is("Disconnected").because("BlindTransfer").sequence(4),
                        CALLER.is("Disconnected").sequence(4)))
                .containsExactly(Incomplete.UNSEEN_CONTINUATION);
    }

    @Test
    void shouldNotCountPhonesThatOnlyRangAmongThoseLeftBehind() {
        assertThat(incomplete(
                        CALLER.is("Answered"),
                        OTHER.is("Proceeding"),
                        AGENT.is("Answered"),
                        CALLER.is("Disconnected"),
                        AGENT.is("Disconnected").because("BlindTransfer"),
                        OTHER.is("Disconnected")))
                .isEmpty();
    }

    @Test
    void shouldAnnounceAContinuationIfNobodyElseWasSeen() {
        assertThat(incomplete(AGENT.is("Answered"), AGENT.is("Disconnected").because("BlindTransfer")))
                .containsExactly(Incomplete.UNSEEN_CONTINUATION);
    }

    /** Each branch of the successor has its example in SuccessorTest. */
    @Test
    void shouldBeCompleteIfTheSuccessorWasThereBeforeTheEnd() {
        assertThat(incomplete(
                        CALLER.is("Answered"),
                        AGENT.is("Answered"),
                        OTHER.is("Answered"),
                        AGENT.is("Disconnected").because("BlindTransfer"),
                        OTHER.is("Disconnected"),
                        CALLER.is("Disconnected")))
                .isEmpty();
    }

    @Test
    void shouldBeCoveredByThePeerThatThePartyNames() {
        Session named = session(
                "a",
                CALLER.is("Answered"),
                AGENT.is("Gone").because("AttendedTransfer").peer("b"),
                CALLER.is("Disconnected"));
        Call seen = TestSessions.call(named, session("b", CALLER.is("Disconnected"), AGENT.is("Disconnected")));
        Call unseen = Call.of(List.of(named), List.of("s-b"));

        assertThat(Incomplete.of(seen, CallRules.DEFAULT)).isEmpty();
        assertThat(Completion.blockers(seen, CallRules.DEFAULT)).isEmpty();
        assertThat(Incomplete.of(unseen, CallRules.DEFAULT)).containsExactly(Incomplete.MISSING_SESSION);
        assertThat(Completion.blockers(unseen, CallRules.DEFAULT))
                .hasOnlyElementsOfTypes(
                        CompletionBlocker.SessionAwaited.class, CompletionBlocker.ContinuationUnseen.class);
    }

    @Test
    void shouldBeSeenInASessionThatNamesThisOneUnlessItOnlySupervises() {
        Session transferred = session(
                "a", CALLER.is("Answered"), AGENT.is("Disconnected").because("Conference"), CALLER.is("Disconnected"));
        TestEvent third = outbound(1).extension("109");
        Session joins = session("b", third.is("Gone").peer("a"), AGENT.is("Disconnected"));
        Session watches = session("b", third.is("Gone").because("Supervising").peer("a"), AGENT.is("Disconnected"));

        assertThat(Incomplete.of(TestSessions.call(transferred, joins), CallRules.DEFAULT))
                .isEmpty();
        assertThat(Incomplete.of(TestSessions.call(transferred, watches), CallRules.DEFAULT))
                .containsExactly(Incomplete.UNSEEN_CONTINUATION);
    }

    /** Every event folds the session once, and no event of the second half has a successor that is found at once. */
    @Test
    void shouldFoldASessionOfThousandsOfPartiesThatAllAnnounceSomething() {
        List<PartyEvent> events = new ArrayList<>();
        SessionKey key = new SessionKey("1", "s-a");
        String[] reasons = {"CallFlip", "Pickup", "BlindTransfer", "CallSwitch"};
        for (int party = 1; party <= 1_000; party++) {
            events.add(inbound(party)
                    .extension("1" + party)
                    .queueCall(true)
                    .to(new Address(null, null, "900", null))
                    .is("Answered")
                    .at(party)
                    .in(key, party + 1L));
        }
        for (int end = 0; end < 1_000; end++) {
            int party = end < 500 ? 501 + end : end - 499;
            events.add(inbound(party)
                    .extension("1" + party)
                    .is("Disconnected")
                    .because(reasons[party % reasons.length])
                    .at(1_001 + end)
                    .in(key, 1_002L + end));
        }

        Session session = Session.empty(key);
        int settled = 0;
        for (PartyEvent event : events) {
            session = session.with(event);
            settled += Completion.isSettled(Call.of(List.of(session), List.of()), CallRules.DEFAULT) ? 1 : 0;
        }

        // The last one leaves nobody behind.
        assertThat(settled).isOne();
        assertThat(CallRecord.of(Call.of(List.of(session), List.of()), CallRules.DEFAULT)
                        .parties())
                .hasSize(1_000);
    }

    private static Iterable<Incomplete> incomplete(TestEvent... told) {
        return Incomplete.of(TestSessions.call(told), CallRules.DEFAULT);
    }
}
