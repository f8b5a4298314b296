package io.callweave.call.transfer;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestEvent.ref;
import static io.callweave.call.TestSessions.call;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.Call;
import io.callweave.call.TestEvent;
import io.callweave.call.event.PartyRef;
import io.callweave.call.joining.Link;
import io.callweave.call.session.Session;
import io.callweave.call.transfer.Transfer.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransfersTest {

    private static final TestEvent CALLER = outbound(1).is("Answered");
    private static final TestEvent AGENT = inbound(2).is("Answered");
    private static final TestEvent THIRD = inbound(3).is("Proceeding");

    // Inside one session

    @ParameterizedTest
    @CsvSource({
        "BlindTransfer, BLIND",
        "RccTransfer, BLIND",
        "DtmfTransfer, BLIND",
        "CallFlip, FLIP",
        "CallSwitch, SWITCH",
        "Pickup, PICKUP"
    })
    void shouldHaveAKindByTheEndOfAParty(String reason, Kind kind) {
        Call call = call(
                CALLER,
                AGENT,
                AGENT.is("Disconnected").because(reason).at(900),
                THIRD.at(910),
                CALLER.is("Disconnected").at(2_000));

        assertThat(transfers(call)).containsExactly(new Transfer(kind, 900, ref("a", 2), ref("a", 1), ref("a", 3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CallerInputRedirect",
                "CallRedirected",
                "AgentAnswered",
                "CallPark",
                "ParkLocation",
                "Conference",
                "TakeOver"
            })
    void shouldNotIncludeTheEndOfAMenuAQueueOrAPark(String reason) {
        assertThat(transfers(call(CALLER, AGENT.is("Disconnected").because(reason), THIRD)))
                .isEmpty();
    }

    @Test
    void shouldNotIncludeAPartyThatIsGone() {
        assertThat(transfers(call(CALLER, AGENT.is("Gone").because("BlindTransfer"), THIRD)))
                .isEmpty();
    }

    @Test
    void shouldHaveNoTargetIfNobodyCame() {
        Call call = call(
                CALLER, AGENT, AGENT.is("Disconnected").because("BlindTransfer").at(900));

        assertThat(transfers(call)).containsExactly(new Transfer(Kind.BLIND, 900, ref("a", 2), ref("a", 1), null));
    }

    @Test
    void shouldFindATargetThatWasThereBeforeTheEnd() {
        TestEvent third = inbound(3);
        Call call = call(
                CALLER,
                AGENT,
                third.is("Answered").at(800),
                AGENT.is("Disconnected").because("BlindTransfer").at(900),
                third.is("Disconnected").at(2_000));

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.BLIND, 900, ref("a", 2), ref("a", 1), ref("a", 3)));
    }

    @Test
    void shouldNotIncludeTheEndOfASupervisorOrAPickupThatNamesAPeer() {
        assertThat(transfers(call(
                        CALLER,
                        AGENT.is("Answered").because("Supervising"),
                        AGENT.is("Disconnected").because("BlindTransfer"),
                        THIRD)))
                .isEmpty();
        assertThat(transfers(call(
                        CALLER,
                        AGENT.is("Hold").because("NeverHeardOf").peer("b"),
                        AGENT.is("Disconnected").because("Pickup"),
                        THIRD)))
                .isEmpty();
    }

    @Test
    void shouldNotUseTheTargetAsThePartyThatStays() {
        Call call =
                call(AGENT, AGENT.is("Disconnected").because("BlindTransfer").at(900), THIRD.at(910));

        assertThat(transfers(call)).containsExactly(new Transfer(Kind.BLIND, 900, ref("a", 2), null, ref("a", 3)));
    }

    @Test
    void shouldFindTheTargetBySequenceAndNotByTime() {
        Call call = call(
                CALLER,
                AGENT,
                inbound(4).is("Setup").at(5_000),
                AGENT.is("Disconnected").because("BlindTransfer").at(900),
                THIRD.at(800),
                inbound(5).is("Setup").at(700));

        assertThat(transfers(call)).extracting(Transfer::to).containsExactly(ref("a", 3));
    }

    @Test
    void shouldNotStayAsSupervisorOrBridgeOrIfOver() {
        Call call = call(
                outbound(1).is("Answered").at(1),
                outbound(1).is("Disconnected").at(900),
                outbound(4).is("Answered").because("Supervising"),
                outbound(5).is("Gone"),
                outbound(6).is("Answered"),
                AGENT,
                AGENT.is("Disconnected").because("BlindTransfer").at(900),
                THIRD.at(910));

        assertThat(transfers(call)).extracting(Transfer::from).containsExactly(ref("a", 6));
    }

    @Test
    void shouldIncludeEachPartyThatTransferred() {
        Call call = call(
                CALLER,
                AGENT,
                AGENT.is("Disconnected").because("BlindTransfer").at(900),
                THIRD.at(910),
                THIRD.is("Answered").at(950),
                THIRD.is("Disconnected").because("CallFlip").at(1_500),
                inbound(4).is("Answered").at(1_510));

        assertThat(transfers(call))
                .containsExactly(
                        new Transfer(Kind.BLIND, 900, ref("a", 2), ref("a", 1), ref("a", 3)),
                        new Transfer(Kind.FLIP, 1_500, ref("a", 3), ref("a", 1), ref("a", 4)));
    }

    @Test
    void shouldBeInTheOrderOfTimeAndNotOfTheParties() {
        Call call = call(
                CALLER,
                AGENT,
                THIRD,
                AGENT.is("Disconnected").because("BlindTransfer").at(900),
                THIRD.is("Disconnected").because("BlindTransfer").at(500));

        assertThat(transfers(call)).extracting(Transfer::by).containsExactly(ref("a", 3), ref("a", 2));
    }

    /** One notification can contain two parties. */
    @Test
    void shouldTreatAPartyThatBeginsAtTheSequenceOfTheEndAsPresent() {
        Call call = call(
                AGENT.sequence(2),
                AGENT.is("Disconnected").because("BlindTransfer").at(900).sequence(3),
                THIRD.at(900).sequence(3),
                inbound(4).is("Proceeding").at(910).sequence(4));

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.BLIND, 900, ref("a", 2), ref("a", 3), ref("a", 4)));
    }

    @Test
    void shouldNotStayIfOverInThatMoment() {
        Call call = call(
                outbound(4).is("Answered").because("Supervising"),
                CALLER,
                CALLER.is("Disconnected").at(900),
                AGENT,
                AGENT.is("Disconnected").because("BlindTransfer").at(900),
                THIRD.at(910));

        assertThat(transfers(call)).extracting(Transfer::from).containsOnlyNulls();
    }

    // Attended

    private static final TestEvent A_GONE =
            AGENT.is("Gone").because("AttendedTransfer").at(5_000);
    private static final TestEvent B_CALLER = outbound(1).is("Answered").at(2_000);
    private static final TestEvent B_CALLEE = inbound(2).is("Answered").at(2_500);
    private static final TestEvent B_GONE =
            outbound(1).is("Gone").because("AttendedTransfer").at(5_003);

    @Test
    void shouldBeAttendedByTheEarlierSession() {
        Call call = call(
                session("b", B_CALLER, B_CALLEE, B_GONE.peer("a", 2)),
                session("a", CALLER, AGENT, A_GONE.peer("b", 1)));

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.ATTENDED, 5_000, ref("a", 2), ref("a", 1), ref("b", 2)));
    }

    @Test
    void shouldBeOneIfEachNamesOnlyTheOthersSession() {
        Call call = call(
                session("a", CALLER, AGENT, A_GONE.peer("b")),
                session("b", B_CALLER, B_CALLEE, B_GONE.peer("a").at(4_990)));

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.ATTENDED, 4_990, ref("a", 2), ref("a", 1), ref("b", 2)));
    }

    @Test
    void shouldFindWhoLeftEvenIfOnlyTheLaterSessionNamesTheEarlier() {
        Call call = call(session("a", CALLER, AGENT, A_GONE), session("b", B_CALLER, B_CALLEE, B_GONE.peer("a")));

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.ATTENDED, 5_003, ref("a", 2), ref("a", 1), ref("b", 2)));
    }

    @Test
    void shouldFindWhoLeftEvenIfTheEarlierSessionsPartyIsNamedByAnIdThatNobodyHas() {
        Call call = call(session("a", CALLER, AGENT, A_GONE), session("b", B_CALLER, B_CALLEE, B_GONE.peer("a", 77)));

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.ATTENDED, 5_003, ref("a", 2), ref("a", 1), ref("b", 2)));
    }

    @Test
    void shouldNotBeByTheOneWhoStaysAndNamesAPeerToo() {
        Call call = call(
                session(
                        "a",
                        CALLER,
                        AGENT,
                        CALLER.because("AttendedTransfer").peer("b", 1).at(4_000),
                        A_GONE.peer("b", 1)),
                session("b", B_CALLER, B_CALLEE, B_GONE.peer("a", 2)));

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.ATTENDED, 4_000, ref("a", 2), ref("a", 1), ref("b", 2)));
    }

    @Test
    void shouldNameTheSeenSideIfTheOtherSessionIsUnseen() {
        Call call = Call.of(List.of(session("a", CALLER, AGENT, A_GONE.peer("x", 7))), List.of("s-x"));

        assertThat(transfers(call)).containsExactly(new Transfer(Kind.ATTENDED, 5_000, ref("a", 2), ref("a", 1), null));
    }

    @Test
    void shouldBeOneForEachPairOfSessionsInAChain() {
        Call call = call(
                session("a", CALLER, AGENT, A_GONE.peer("b", 1)),
                session(
                        "b",
                        B_CALLER,
                        B_CALLEE,
                        B_GONE.peer("a", 2),
                        inbound(2)
                                .is("Gone")
                                .because("AttendedTransfer")
                                .peer("c", 1)
                                .at(9_000)),
                session(
                        "c",
                        outbound(1).is("Answered").at(7_000),
                        inbound(2).is("Answered").at(7_500),
                        outbound(1)
                                .is("Gone")
                                .because("AttendedTransfer")
                                .peer("b", 2)
                                .at(9_001)));

        assertThat(transfers(call))
                .containsExactly(
                        new Transfer(Kind.ATTENDED, 5_000, ref("a", 2), ref("a", 1), ref("b", 2)),
                        new Transfer(Kind.ATTENDED, 9_000, ref("b", 2), null, ref("c", 2)));
    }

    @Test
    void shouldStayUntilItsOwnTransferEvenIfOnlyTheNextSessionNamesIt() {
        Call call = call(
                session("a", CALLER, AGENT, A_GONE.peer("b", 1)),
                session(
                        "b",
                        B_CALLER,
                        B_CALLEE,
                        B_GONE.peer("a", 2),
                        inbound(2).is("Gone").because("AttendedTransfer").at(9_000)),
                session(
                        "c",
                        outbound(1).is("Answered").at(7_000),
                        inbound(2).is("Answered").at(7_500),
                        outbound(1)
                                .is("Gone")
                                .because("AttendedTransfer")
                                .peer("b", 2)
                                .at(9_001)));

        assertThat(transfers(call))
                .containsExactly(
                        new Transfer(Kind.ATTENDED, 5_000, ref("a", 2), ref("a", 1), ref("b", 2)),
                        new Transfer(Kind.ATTENDED, 9_001, ref("b", 2), null, ref("c", 2)));
    }

    // Other links

    /** The session of a colleague who picks up from the second party of session a. */
    private static final Session PICKS_UP = session(
            "b",
            outbound(1).is("Answered").at(590),
            inbound(2).is("Gone").because("Pickup").peer("a", 2).at(601));

    @Test
    void shouldBeOnePickUpIfOnlyThePartyThatPicksUpNamesThePeer() {
        Call call = call(
                session(
                        "a",
                        CALLER,
                        AGENT.is("Proceeding"),
                        AGENT.is("Disconnected").because("Pickup").at(600)),
                PICKS_UP);

        // The phone that rang ended a millisecond before, so only the caller is there.
        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.PICKUP, 601, ref("a", 2), ref("a", 1), ref("b", 1)));
    }

    @Test
    void shouldStayWithAPartyThatBeginsAtTheSequenceOfTheEnd() {
        Call call = call(
                inbound(2).is("Answered").sequence(2).at(100),
                inbound(2)
                        .is("Disconnected")
                        .because("BlindTransfer")
                        .sequence(3)
                        .at(200),
                outbound(1).is("Answered").sequence(3).at(200));

        assertThat(transfers(call)).containsExactly(new Transfer(Kind.BLIND, 200, ref("a", 2), ref("a", 1), null));
    }

    @Test
    void shouldNotBeToASessionThatWasSeenAndIsAnotherCall() {
        Session supervised = session("a", CALLER, AGENT.because("Supervising").peer("b", 1), A_GONE.peer("b", 1));

        assertThat(transfers(Call.of(List.of(supervised), List.of()))).isEmpty();
    }

    /** A supervisor joins nothing, even with other reasons. So a seen session that it names is another call. */
    @Test
    void shouldNotGoToASessionThatIsAnotherCall() {
        TestEvent transferred = AGENT.because("AttendedTransfer").peer("b", 1);
        Session named = session("a", CALLER, transferred, transferred.because("Supervising"));

        assertThat(transfers(Call.of(List.of(named), List.of()))).isEmpty();
    }

    @Test
    void shouldNotGoToASupervisorWhoCameNext() {
        Call call = call(
                CALLER,
                AGENT,
                AGENT.is("Disconnected").because("BlindTransfer").at(900),
                THIRD.because("Supervising").at(905),
                inbound(4).is("Proceeding").at(910));

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.BLIND, 900, ref("a", 2), ref("a", 1), ref("a", 4)));
    }

    @Test
    void shouldBeRetrievedFromAPark() {
        Call call = call(
                session(
                        "a",
                        CALLER,
                        AGENT,
                        AGENT.is("Parked").because("CallPark").at(3_000),
                        AGENT.is("Gone").because("Pickup").peer("b", 2).at(6_005)),
                session(
                        "b",
                        outbound(1).is("Answered").at(5_900),
                        inbound(2).is("Gone").because("Pickup").peer("a", 2).at(6_000)));

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.PARK, 6_000, ref("a", 2), ref("a", 1), ref("b", 1)));
    }

    @Test
    void shouldBePickedUpFromAPhoneThatRangInAnotherSession() {
        Call call = call(
                session(
                        "a",
                        CALLER,
                        AGENT.is("Proceeding"),
                        AGENT.is("Disconnected").because("Pickup").peer("b", 2).at(600)),
                PICKS_UP);

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.PICKUP, 600, ref("a", 2), ref("a", 1), ref("b", 1)));
    }

    @Test
    void shouldBeRetrievedFromAParkOnceEvenIfTheParkedPartyEndsToo() {
        Call call = call(
                session(
                        "a",
                        CALLER,
                        AGENT.is("Parked"),
                        AGENT.is("Disconnected").because("Pickup").at(605)),
                PICKS_UP);

        assertThat(transfers(call))
                .containsExactly(new Transfer(Kind.PARK, 601, ref("a", 2), ref("a", 1), ref("b", 1)));
    }

    @Test
    void shouldBeOneForEachSessionOfAConference() {
        TestEvent host = outbound(1).is("Answered").conferenceRole("Host").origin("Conference");
        Call call = call(
                session(
                        "a",
                        CALLER,
                        AGENT,
                        AGENT.is("Gone").because("Conference").peer("conf", 2).at(5_000)),
                session(
                        "b",
                        B_CALLER,
                        B_CALLEE,
                        outbound(1)
                                .is("Gone")
                                .because("Conference")
                                .peer("conf", 3)
                                .at(5_500)),
                session(
                        "conf",
                        host.at(4_900),
                        inbound(2).is("Gone").peer("a", 2).at(5_001).origin("Conference"),
                        inbound(3).is("Gone").peer("b", 1).at(5_501).origin("Conference")));

        assertThat(transfers(call))
                .containsExactly(
                        new Transfer(Kind.CONFERENCE, 5_000, ref("a", 2), ref("a", 1), ref("conf", 1)),
                        new Transfer(Kind.CONFERENCE, 5_500, ref("b", 1), ref("b", 2), ref("conf", 1)));
    }

    private static final TestEvent HOST = outbound(1).is("Answered").origin("Conference");
    private static final TestEvent STAND_IN =
            inbound(2).is("Gone").because("Conference").at(5_000);

    @Test
    void shouldBeByThePartyThatWasSeenRatherThanByOneThatWasOnlyNamed() {
        Call call = call(
                session(
                        "a",
                        CALLER,
                        AGENT,
                        AGENT.is("Gone").because("Conference").peer("conf", 2).at(5_001)),
                session("conf", HOST.at(4_000), STAND_IN.peer("a", 77)));

        assertThat(transfers(call)).extracting(Transfer::by).containsExactly(ref("a", 2));
    }

    @Test
    void shouldBeByThePartyThatWasNamedFirstIfNoneOfThemWasSeen() {
        Call call = call(
                session("a", CALLER, AGENT),
                session(
                        "conf",
                        HOST.at(4_000),
                        STAND_IN.peer("a", 78),
                        STAND_IN.peer("a", 77).at(5_001)));

        assertThat(transfers(call)).extracting(Transfer::by).containsExactly(ref("a", 78));
    }

    @Test
    void shouldHaveNoKnownTransferorIfOnlyTheSessionWasNamed() {
        Call call = call(session("a", CALLER, AGENT), session("conf", HOST.at(4_000), STAND_IN.peer("a")));

        assertThat(transfers(call)).extracting(Transfer::by).containsExactly(new PartyRef("s-a", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Supervising", "TakeOver", "CallPark", "NeverHeardOf"})
    void shouldNotIncludeOtherLinks(String reason) {
        Call call = call(session("a", CALLER, AGENT.is("Gone").because(reason).peer("b", 1)), session("b", B_CALLER));

        assertThat(transfers(call)).isEmpty();
    }

    @Test
    void shouldAcceptAFlipThatNamesAPeer() {
        Call call = call(
                session(
                        "a",
                        CALLER,
                        AGENT,
                        AGENT.is("Disconnected")
                                .because("CallFlip")
                                .peer("b", 1)
                                .at(900)),
                session("b", B_CALLER));

        assertThat(transfers(call)).containsExactly(new Transfer(Kind.FLIP, 900, ref("a", 2), ref("a", 1), null));
    }

    private static List<Transfer> transfers(Call call) {
        return Transfers.of(call, Link.of(call));
    }
}
