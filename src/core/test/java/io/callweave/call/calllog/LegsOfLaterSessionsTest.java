package io.callweave.call.calllog;

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
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The legs of sessions that joined a call later. None of them represents the whole call, so each has a result of its
 * own.
 */
class LegsOfLaterSessionsTest {

    private static final TestEvent CALLER = outbound(1).is("Answered");
    private static final TestEvent AGENT = inbound(2).is("Answered").extension("62102");
    private static final Session FIRST = session("a", CALLER, AGENT);

    @ParameterizedTest
    @CsvSource({
        "Answered, , Call connected, Accepted",
        "VoiceMail, , Voicemail,",
        "Disconnected, TargetBusy, Busy, Line Busy",
        "Disconnected, , No Answer, Not Answered"
    })
    void shouldHaveTheResultOfTheConsultationForTheTransferor(
            String status, String reason, String result, String legReason) {
        Leg leg = leg(
                "b",
                1,
                FIRST,
                session(
                        "b",
                        outbound(1).is("Setup").extension("62102").at(500),
                        inbound(2).is(status).because(reason).at(900)));

        assertThat(leg.result()).isEqualTo(result);
        assertThat(leg.reason()).isEqualTo(legReason);
    }

    @ParameterizedTest
    @CsvSource({
        "Answered, false, Accepted",
        "Proceeding, false, Missed",
        "Proceeding, true, Abandoned",
        "VoiceMail, true, Voicemail"
    })
    void shouldHaveTheResultOfItsSessionForAnOutsideCaller(String status, boolean queueCall, String result) {
        Leg leg = leg(
                "b",
                1,
                FIRST,
                session(
                        "b",
                        outbound(1).is("Setup").at(500),
                        inbound(2)
                                .is(status)
                                .extension("62103")
                                .queueCall(queueCall)
                                .at(900)));

        assertThat(leg.result()).isEqualTo(result);
    }

    @Test
    void shouldBeAnsweredElsewhereIfAnotherPhoneAnswersWhenThisOneStops() {
        TestEvent lost = inbound(2).is("Proceeding").extension("62102");
        TestEvent won = inbound(3).is("Proceeding").extension("62103");

        Leg leg = leg(
                "a",
                2,
                session(
                        "a",
                        CALLER,
                        lost,
                        won,
                        lost.is("Disconnected").at(700),
                        won.is("Answered").at(700)));

        assertThat(leg.result()).isEqualTo("Answered Elsewhere");
    }

    @Test
    void shouldBeOfAConferenceIfItsSessionIs() {
        Leg host = leg(
                "conf",
                1,
                FIRST,
                session(
                        "conf",
                        outbound(1)
                                .extension("62102")
                                .conferenceRole("Host")
                                .origin("Conference")
                                .at(500)));

        assertThat(host.action()).isEqualTo("Conference Call");
        assertThat(host.legType()).isEqualTo("Unknown");
    }

    @Test
    void shouldConnectASupervisor() {
        Leg supervisor = leg(
                "a", 3, session("a", CALLER, AGENT, outbound(3).is("Answered").because("Supervising")));

        assertThat(supervisor.result()).isEqualTo("Call connected");
    }

    @Test
    void shouldNotUseACalledExtensionAsTheCallingOne() {
        Leg second = leg("a", 3, session("a", AGENT, inbound(3).is("Proceeding").extension("62103")));

        assertThat(second.legType()).isEqualTo("PstnToSip");
    }

    /** Each session names the other one, and the call was transferred from the earlier one. */
    @Test
    void shouldDistinguishTargetAndTransfereeIfOnlyTheLaterSessionNamesTheOther() {
        TestEvent leaves = outbound(1).is("Gone").because("AttendedTransfer");
        Call call = call(
                session("a", CALLER, AGENT, AGENT.is("Gone").because("AttendedTransfer")),
                session(
                        "b",
                        outbound(1).is("Answered").at(800),
                        leaves.peer("a", 2).at(900)));

        CallRecord record = CallRecord.of(call, CallRules.DEFAULT);

        assertThat(record.people().refs().transferTarget()).isEqualTo("s-b");
        assertThat(record.people().refs().transferee()).isNull();
        assertThat(legOf(record, "b", 1).refs().transferee()).isEqualTo("s-a");
    }

    @Test
    void shouldBeAFaxAsAWholeIfOneLegIs() {
        CallRecord record = TestSessions.record(CALLER, inbound(2).is("FaxReceive"));

        assertThat(legOf(record, "a", 1).type()).isEqualTo("Fax");
    }

    private static CallRecord record(Session... sessions) {
        return CallRecord.of(call(sessions), CallRules.DEFAULT);
    }

    private static Leg leg(String session, int party, Session... sessions) {
        return legOf(record(sessions), session, party);
    }

    @Test
    void shouldNameTheOtherSessionOnTheTransferorsLegsOnly() {
        CallRecord record = record(
                session(
                        "a",
                        outbound(1).is("Answered"),
                        outbound(1)
                                .is("Answered")
                                .because("AttendedTransfer")
                                .peer("b", 1)
                                .at(500),
                        inbound(2).is("Answered"),
                        inbound(2)
                                .is("Gone")
                                .because("AttendedTransfer")
                                .peer("b", 1)
                                .at(510)),
                session(
                        "b",
                        outbound(1).is("Answered").at(300),
                        inbound(2).is("Answered").at(310),
                        outbound(1).is("Gone").because("AttendedTransfer").at(511)));

        assertThat(record.graph().legs())
                .extracting(
                        Leg::party,
                        leg -> leg.refs().transferTarget(),
                        leg -> leg.refs().transferee())
                .containsExactly(
                        tuple(ref("a", 1), null, null),
                        tuple(ref("a", 2), "s-b", null),
                        tuple(ref("b", 1), null, "s-a"),
                        tuple(ref("b", 2), null, null));
    }

    @Test
    void shouldNotBeMissedIfAnotherSessionPickedTheCallUp() {
        CallRecord record = record(
                session(
                        "a",
                        outbound(1).is("Answered"),
                        inbound(2).is("Proceeding").at(100),
                        inbound(2).is("Disconnected").at(600)),
                session(
                        "b",
                        outbound(1).is("Answered").at(590),
                        inbound(2).is("Gone").because("Pickup").peer("a", 2).at(601)));

        assertThat(legOf(record, "a", 2).result()).isEqualTo("Answered Elsewhere");
    }

    @Test
    void shouldNotTreatTheQueueItselfAsAnAgent() {
        Address queue = new Address("+1", "Sales", "900", null);
        CallRecord record = record(session(
                "a",
                outbound(1).is("Answered"),
                inbound(2).is("Answered").extension("900").to(queue).queueCall(true),
                inbound(3).is("Proceeding").extension("62102").to(queue).queueCall(true)));

        assertThat(legOf(record, "a", 2))
                .extracting(Leg::legType, leg -> leg.refs().extensionId(), Leg::queueExtensionId)
                .containsExactly("Unknown", null, "900");
        assertThat(legOf(record, "a", 3))
                .extracting(Leg::legType, leg -> leg.refs().extensionId(), Leg::queueExtensionId)
                .containsExactly("PstnToSip", "62102", "900");
    }

    private static Leg legOf(CallRecord record, String session, int party) {
        return record.graph().legs().stream()
                .filter(leg -> leg.party().equals(ref(session, party)))
                .findFirst()
                .orElseThrow();
    }
}
