package io.callweave.call.joining;

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
import io.callweave.call.TestSessions;
import io.callweave.call.event.PartyRef;
import io.callweave.call.joining.Link.Kind;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTest {

    private static final TestEvent GONE = inbound(1).is("Gone");

    @Test
    void shouldHaveNoLinksWithoutPeers() {
        assertThat(Link.of(call(session("a", GONE), session("b", GONE)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AttendedTransfer, ATTENDED_TRANSFER",
        "Conference, CONFERENCE",
        "Supervising, SUPERVISION",
        "Pickup, PICKUP",
        "CallPark, OTHER",
        "NeverHeardOf, OTHER",
        ", OTHER"
    })
    void shouldHaveAKindByTheReason(String reason, Kind kind) {
        Call call = call(session("a", GONE.because(reason).peer("b", 2).at(1_000)), session("b", GONE));

        assertThat(Link.of(call)).containsExactly(new Link(kind, reason, 1_000, ref("a", 1), ref("b", 2)));
    }

    @Test
    void shouldBeTheRetrievalOfAParkedCallIfTheNamedSessionHasAParkedParty() {
        Call call = call(
                session("a", GONE.because("Pickup").peer("b", 1)),
                session("b", inbound(2).is("Parked"), inbound(2).is("Answered")));

        assertThat(Link.of(call)).extracting(Link::kind).containsExactly(Kind.PARK_RETRIEVAL);
    }

    @Test
    void shouldBeAPickupIfOnlyTheSessionThatNamesHasAParkedParty() {
        Call call = call(
                session("a", inbound(2).is("Parked"), GONE.because("Pickup").peer("b", 1)),
                session("b", inbound(2).is("Answered")));

        assertThat(Link.of(call)).extracting(Link::kind).containsExactly(Kind.PICKUP);
    }

    @Test
    void shouldUseTheSessionThatTheEarlierEndNames() {
        Call parkedEndLater = call(
                session(
                        "a",
                        inbound(1).is("Parked"),
                        GONE.because("Pickup").peer("b", 1).at(1_005)),
                session("b", GONE.because("Pickup").peer("a", 1).at(1_000)));
        Call parkedEndEarlier = call(
                session(
                        "a",
                        inbound(1).is("Parked"),
                        GONE.because("Pickup").peer("b", 1).at(1_000)),
                session("b", GONE.because("Pickup").peer("a", 1).at(1_005)));

        assertThat(Link.of(parkedEndLater))
                .containsExactly(new Link(Kind.PARK_RETRIEVAL, "Pickup", 1_000, ref("b", 1), ref("a", 1)));
        assertThat(Link.of(parkedEndEarlier))
                .containsExactly(new Link(Kind.PICKUP, "Pickup", 1_000, ref("a", 1), ref("b", 1)));
    }

    @Test
    void shouldBeAConferenceWithoutAReasonIfEitherSessionIsOne() {
        Session conference = session("conf", outbound(1).is("Answered").origin("Conference"));
        Session member = session("a", GONE.peer("conf", 2));
        Session bridge = session("conf", GONE.peer("a", 1).origin("Conference"));

        assertThat(Link.of(call(conference, member))).extracting(Link::kind).containsExactly(Kind.CONFERENCE);
        assertThat(Link.of(call(bridge, session("a", inbound(1)))))
                .extracting(Link::kind)
                .containsExactly(Kind.CONFERENCE);
    }

    @Test
    void shouldHaveAKindByTheReasonEvenInAConference() {
        Call call = call(
                session("conf", outbound(1).is("Answered").origin("Conference")),
                session("a", GONE.because("AttendedTransfer").peer("conf", 2)));

        assertThat(Link.of(call)).extracting(Link::kind).containsExactly(Kind.ATTENDED_TRANSFER);
    }

    @Test
    void shouldLinkTwoPartiesThatNameEachOtherOnce() {
        Call call = call(
                session("a", GONE.because("AttendedTransfer").peer("b", 1).at(2_000)),
                session("b", GONE.because("Pickup").peer("a", 1).at(1_000)));

        assertThat(Link.of(call)).containsExactly(new Link(Kind.PICKUP, "Pickup", 1_000, ref("b", 1), ref("a", 1)));
    }

    @Test
    void shouldComeFromTheSmallerPartyOfTwoThatNameEachOtherAtOnce() {
        Call call = call(
                session("b", GONE.because("AttendedTransfer").peer("a", 1).at(1_000)),
                session("a", GONE.because("Pickup").peer("b", 1).at(1_000).sequence(9)));

        assertThat(Link.of(call)).containsExactly(new Link(Kind.PICKUP, "Pickup", 1_000, ref("a", 1), ref("b", 1)));
    }

    @Test
    void shouldUseTheEarlierOfTwoEventsThatNameTheSamePeer() {
        Call call = call(session(
                "a",
                GONE.because("AttendedTransfer").peer("b", 1).at(5_000),
                GONE.because("CallPark").peer("b", 1).at(4_000)));

        assertThat(Link.of(call)).extracting(Link::reason, Link::time).containsExactly(tuple("CallPark", 4_000L));
    }

    @Test
    void shouldLinkEachPairOfPartiesInOrderOfTime() {
        Call call = call(
                session("a", GONE.peer("conf", 2).at(3_000)),
                session("b", GONE.peer("conf", 3).at(1_000)),
                session("c", GONE.peer("conf", 4).at(2_000)),
                session("conf", outbound(1).is("Answered").origin("Conference")));

        assertThat(Link.of(call)).extracting(Link::from).containsExactly(ref("b", 1), ref("c", 1), ref("a", 1));
    }

    @Test
    void shouldLinkToAPeerThatWasNeverSeen() {
        Call call =
                Call.of(List.of(session("a", GONE.because("AttendedTransfer").peer("x", 7))), List.of("s-x"));

        assertThat(Link.of(call)).extracting(Link::to).containsExactly(ref("x", 7));
    }

    @Test
    void shouldUseTheReasonOfTheLowerSequenceOfTwoEventsAtOneTime() {
        Call call = call(
                session(
                        "a",
                        GONE.because("Conference").peer("b", 2).sequence(3),
                        GONE.because("AttendedTransfer").peer("b", 2).sequence(2)),
                session("b", GONE));

        assertThat(Link.of(call)).extracting(Link::reason).containsExactly("AttendedTransfer");
    }

    @Test
    void shouldLinkToASessionOfWhichNoPartyIsNamed() {
        Call call = call(session("a", GONE.peer("b")));

        assertThat(Link.of(call)).extracting(Link::to).containsExactly(new PartyRef("s-b", null));
    }

    @Test
    void shouldShowASupervisionInTheCallWhoseOwnEventNamesIt() {
        Assembly assembly = new Assembly();
        TestSessions.events("a", inbound(1).is("Answered")).forEach(assembly::add);
        TestSessions.events("super", GONE.because("Supervising").peer("a", 1)).forEach(assembly::add);

        List<CallRecord> records = assembly.records(CallRules.DEFAULT);

        assertThat(records)
                .filteredOn(call -> !call.graph().links().isEmpty())
                .extracting(CallRecord::callId)
                .containsExactly("s-super");
    }
}
