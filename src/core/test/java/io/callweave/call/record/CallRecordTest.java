package io.callweave.call.record;

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
import io.callweave.call.event.Address;
import io.callweave.call.event.Peer;
import io.callweave.call.session.Ranges;
import io.callweave.call.session.Role;
import io.callweave.call.session.Segment;
import org.junit.jupiter.api.Test;

class CallRecordTest {

    private static final TestEvent CALLER = outbound(1).from("+1").to("+2");
    private static final TestEvent AGENT =
            inbound(2).extension("101").from("+3").to("+4");

    // The first session

    @Test
    void shouldBeNamedAfterTheSessionThatStartsFirst() {
        Call call = call(
                session("a", CALLER.sessionId("11").is("Disconnected").at(500)),
                session("b", CALLER.sessionId("22").is("Disconnected").at(400)));

        CallRecord record = CallRecord.of(call, CallRules.DEFAULT);

        assertThat(record.callId()).isEqualTo("s-b");
        assertThat(record.sessions().get(0).sessionId()).isEqualTo("22");
        assertThat(record.sessions())
                .extracting(SessionRecord::telephonySessionId)
                .containsExactly("s-b", "s-a");
    }

    @Test
    void shouldBeNamedAfterTheSmallerOfTwoThatStartAtOnce() {
        Call call = call(
                session("b", CALLER.is("Disconnected").at(400)),
                session("B", CALLER.is("Disconnected").at(400)),
                session("a", CALLER.is("Disconnected").at(400)));

        assertThat(call.callId()).isEqualTo("s-B");
    }

    @Test
    void shouldHaveFromAndToOfItsFirstParty() {
        CallRecord record =
                TestSessions.record(AGENT.sequence(4), CALLER.sequence(3).at(9_000));

        assertThat(record.from()).isEqualTo(new Address("+1", null, null, null));
        assertThat(record.to()).isEqualTo(new Address("+2", null, null, null));
    }

    // Sessions

    @Test
    void shouldDescribeEachSession() {
        CallRecord record = TestSessions.record(
                CALLER.sessionId("11").origin("Call").is("Setup").at(100).sequence(3),
                AGENT.is("Disconnected").at(4_000).sequence(5),
                CALLER.is("Disconnected").at(5_000).sequence(7));

        assertThat(record.sessions())
                .containsExactly(new SessionRecord(
                        "s-a", "11", "Call", 100, 5_000, 3, 7, Ranges.missingFrom(2, new long[] {3, 5, 7}), 3));
    }

    @Test
    void shouldEndASessionWithoutItsSupervisors() {
        CallRecord record = TestSessions.record(
                CALLER.is("Disconnected").at(4_000),
                outbound(9).is("Disconnected").because("Supervising").at(9_000));

        assertThat(record.sessions()).extracting(SessionRecord::endTime).containsExactly(4_000L);
    }

    // Parties

    @Test
    void shouldMeasureAParty() {
        CallRecord record = TestSessions.record(
                AGENT.is("Setup").at(0),
                AGENT.is("Proceeding").at(100),
                AGENT.is("Answered").at(3_100).muted(false).missedCall(false),
                AGENT.is("Hold").at(5_000),
                AGENT.is("Answered").at(6_000),
                AGENT.is("Parked").at(8_000),
                AGENT.is("Setup").at(8_500),
                AGENT.is("Gone").because("Pickup").peer("b", 3).at(9_000));

        PartyRecord party = record.parties().get(0);

        assertThat(party.ref()).isEqualTo(ref("a", 2));
        assertThat(party.role()).isEqualTo(Role.PARTICIPANT);
        assertThat(party.startTime()).isZero();
        assertThat(party.answerTime()).isEqualTo(3_100);
        assertThat(party.endTime()).isEqualTo(9_000);
        assertThat(party.endStatus()).isEqualTo("Gone");
        assertThat(party.endReason()).isEqualTo("Pickup");
        assertThat(party.setupMs()).isEqualTo(600);
        assertThat(party.ringMs()).isEqualTo(3_000);
        assertThat(party.talkMs()).isEqualTo(3_900);
        assertThat(party.holdMs()).isEqualTo(1_000);
        assertThat(party.parkMs()).isEqualTo(500);
        assertThat(party.missed()).isFalse();
        assertThat(party.muted()).isFalse();
        assertThat(party.peer()).isEqualTo(new Peer("s-b", null, "p-b-3"));
        assertThat(party.segments()).hasSize(8);
    }

    @Test
    void shouldHaveNoEndForAPartyThatIsNotOver() {
        CallRecord record = TestSessions.record(
                AGENT.is("Proceeding").at(0).because("Any"),
                CALLER.is("Disconnected").at(7_000));

        PartyRecord open = record.parties().get(0);

        assertThat(open.endTime()).isNull();
        assertThat(open.endStatus()).isNull();
        assertThat(open.endReason()).isNull();
        assertThat(open.ringMs()).isEqualTo(7_000);
        assertThat(open.segments()).containsExactly(new Segment("Proceeding", "Any", 0, 7_000));
    }

    @Test
    void shouldHaveNoRingingAndZeroDurationsForStatusesThatDidNotOccur() {
        PartyRecord party =
                TestSessions.record(AGENT.is("Disconnected")).parties().get(0);

        assertThat(party.ringMs()).isNull();
        assertThat(party.answerTime()).isNull();
        assertThat(party.setupMs() + party.talkMs() + party.holdMs() + party.parkMs())
                .isZero();
        assertThat(party.muted()).isNull();
        assertThat(party.recordings()).isEmpty();
    }

    @Test
    void shouldListThePartiesSessionBySession() {
        Call call = call(session("b", CALLER.at(900), AGENT.at(900)), session("a", AGENT.at(100), CALLER.at(200)));

        assertThat(CallRecord.of(call, CallRules.DEFAULT).parties())
                .extracting(PartyRecord::ref)
                .containsExactly(ref("a", 2), ref("a", 1), ref("b", 1), ref("b", 2));
    }

    @Test
    void shouldCarryTheDirectionOfTheCall() {
        CallRecord internal = TestSessions.record(CALLER.extension("104"), AGENT);

        assertThat(internal.direction()).isEqualTo("Outbound");
        assertThat(internal.internal()).isTrue();
    }

    @Test
    void shouldSayWhichPartyRequestedTheRingOutAndWhichCanAnswerIt() {
        CallRecord record =
                TestSessions.record(AGENT.origin("RingOut"), inbound(3).origin("RingOut"));

        assertThat(record.parties())
                .extracting(PartyRecord::ringOutInitiator, PartyRecord::answering)
                .containsExactly(tuple(true, false), tuple(false, true));
    }

    // Transferors

    @Test
    void shouldNameTheTransferors() {
        Call call = call(
                session(
                        "a",
                        CALLER.is("Answered"),
                        AGENT.is("Disconnected").because("CallFlip"),
                        inbound(3).is("Disconnected").because("BlindTransfer"),
                        inbound(4).is("Gone").because("AttendedTransfer").peer("b", 1)),
                session(
                        "b",
                        outbound(1)
                                .is("Gone")
                                .because("AttendedTransfer")
                                .peer("a", 4)
                                .at(900)));

        CallRecord record = CallRecord.of(call, CallRules.DEFAULT);

        assertThat(record.graph().isHandedOn()).isTrue();
        assertThat(record.parties())
                .extracting(PartyRecord::ref)
                .filteredOn(record.graph()::isHandedOnBy)
                .containsExactlyInAnyOrder(ref("a", 3), ref("a", 4));
    }

    @Test
    void shouldFindTheOwnAddressOfAPartyByItsDirection() {
        CallRecord record = TestSessions.record(CALLER, AGENT);

        assertThat(record.parties())
                .extracting(PartyRecord::ownAddress)
                .containsExactly(new Address("+1", null, null, null), new Address("+4", null, null, null));
    }

    @Test
    void shouldNotHaveAnOwnAddressForAPartyOfNoKnownDirection() {
        CallRecord record = TestSessions.record(CALLER, AGENT.direction("Sideways"));

        assertThat(record.parties())
                .extracting(PartyRecord::ownAddress)
                .containsExactly(new Address("+1", null, null, null), null);
    }
}
