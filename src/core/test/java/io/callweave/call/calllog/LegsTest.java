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
import io.callweave.call.event.Recording;
import io.callweave.call.record.CallRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegsTest {

    private static final TestEvent CALLER = outbound(1).is("Answered");
    private static final TestEvent RINGING = inbound(2).is("Proceeding").extension("62102");
    private static final TestEvent AGENT = inbound(2).is("Answered").extension("62102");

    @Test
    void shouldHaveALegForEachPartyThatIsNotABridgeOrASupervisorWhoNeverGotThrough() {
        TestEvent supervisor = outbound(4).is("Setup").because("Supervising");
        Call call = call(
                session("a", supervisor, CALLER, AGENT, inbound(3).is("Gone"), supervisor.is("Disconnected")),
                session("b", outbound(1).at(9)));

        assertThat(legs(call)).extracting(Leg::party).containsExactly(ref("a", 1), ref("a", 2), ref("b", 1));
        assertThat(legs(call)).extracting(Leg::master).containsExactly(true, false, false);
    }

    @Test
    void shouldLastUntilThePartyOrTheCallEnds() {
        List<Leg> legs = legs(
                call(CALLER.at(100), AGENT.at(200), AGENT.is("Disconnected").at(900), CALLER.at(2_000)));

        assertThat(legs)
                .extracting(Leg::startTime, Leg::durationMs)
                .containsExactly(tuple(100L, 1_900L), tuple(200L, 700L));
    }

    /** RingCentral reports an outside caller as Outbound; to the account, the leg is inbound. */
    @ParameterizedTest
    @CsvSource({
        "Outbound,       , Inbound",
        "Outbound, 62104, Outbound",
        "Inbound,        , Outbound",
        "Inbound,  62104, Inbound",
        "Sideways, 62104,",
        ", 62104,"
    })
    void shouldHaveTheDirectionThatTheAccountSees(String direction, String extension, String expected) {
        TestEvent party = inbound(2).direction(direction).extension(extension);

        assertThat(leg(2, CALLER, party).direction()).isEqualTo(expected);
    }

    @Test
    void shouldStandForTheCallIfItIsTheMaster() {
        CallRecord call =
                TestSessions.record(CALLER, RINGING, RINGING.is("Disconnected").at(500));

        assertThat(call.graph().legs().get(0))
                .extracting(Leg::master, Leg::direction, Leg::type, Leg::action, Leg::result)
                .containsExactly(
                        true,
                        call.direction(),
                        "Voice",
                        "Phone Call",
                        call.outcome().result());
    }

    // Results

    @Test
    void shouldHaveAResultForEachAttemptOfAQueue() {
        TestEvent missed = ringing(3, "62103");
        TestEvent lost = ringing(4, "62104");
        TestEvent won = ringing(5, "62105");
        List<Leg> legs = legs(call(
                CALLER,
                missed.at(1_000),
                missed.is("Disconnected").because("AgentDropped").at(9_000),
                lost.at(10_000),
                won.at(10_000),
                won.is("Answered").at(15_000),
                lost.is("Disconnected").at(15_010)));

        assertThat(legs)
                .extracting(
                        Leg::legType,
                        Leg::result,
                        Leg::reason,
                        leg -> leg.refs().extensionId(),
                        Leg::queueExtensionId)
                .contains(
                        tuple("PstnToSip", "Missed", "No Answer", "62103", "62900"),
                        tuple("PstnToSip", "Answered Elsewhere", "Stopped", "62104", "62900"),
                        tuple("PstnToSip", "Accepted", "Accepted", "62105", "62900"));
    }

    private static TestEvent ringing(int number, String extension) {
        return inbound(number)
                .is("Proceeding")
                .queueCall(true)
                .extension(extension)
                .to(new Address(null, "Support", "62900", null));
    }

    @ParameterizedTest
    @CsvSource({
        ", Missed, No Answer",
        "NoAnswer, Missed, No Answer",
        "CallerDropped, Missed, Hang Up",
        "Cancelled, Missed, Hang Up",
        "AgentAnswered, Answered Elsewhere, Stopped",
        "Pickup, Answered Elsewhere, Stopped",
        "Rejected, Rejected,",
        "TargetBusy, Busy, Line Busy"
    })
    void shouldSayWhyAnExtensionDidNotAnswer(String endReason, String result, String reason) {
        Leg leg = leg(2, CALLER, RINGING, RINGING.is("Disconnected").because(endReason));

        assertThat(leg.result()).isEqualTo(result);
        assertThat(leg.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        ", No Answer, Not Answered",
        "TargetBusy, Busy, Line Busy",
        "InvalidNumber, Wrong Number, Wrong Number",
        "NotEnoughFunds, No Calling Credit, No Credit",
        "Cancelled, Hang Up, Hang Up"
    })
    void shouldSayWhyAnOutsideNumberDidNotAnswer(String endReason, String result, String reason) {
        TestEvent outside = inbound(2).is("Proceeding");

        Leg leg = leg(
                2,
                CALLER.extension("62104"),
                outside,
                outside.is("Disconnected").because(endReason));

        assertThat(leg.result()).isEqualTo(result);
        assertThat(leg.reason()).isEqualTo(reason);
    }

    @Test
    void shouldNotCallAMenuAMissedCall() {
        TestEvent menu = inbound(2).is("Setup").extension("62900");

        assertThat(leg(2, CALLER, menu, menu.is("Disconnected")).result()).isEqualTo("Unknown");
    }

    @ParameterizedTest
    @CsvSource({"VoiceMail, Voicemail, Voice", "FaxReceive, Received, Fax"})
    void shouldSayVoicemailOrFaxIfAMachineAnswered(String status, String result, String type) {
        Leg leg = leg(2, CALLER, RINGING, RINGING.is(status), RINGING.is("Disconnected"));

        assertThat(leg.result()).isEqualTo(result);
        assertThat(leg.type()).isEqualTo(type);
    }

    @Test
    void shouldBeMissedIfTheCallerLeavesTheMailboxWithAKey() {
        TestEvent owner = inbound(2).extension("62101");

        assertThat(leg(
                        2,
                        CALLER,
                        owner.is("Proceeding"),
                        owner.is("Voicemail"),
                        owner.is("Disconnected").because("CallerInputRedirect")))
                .extracting(Leg::legType, Leg::result)
                .containsExactly("PstnToSip", "Missed");
    }

    @Test
    void shouldHaveNoLegsIfNoSupervisorGotThrough() {
        TestEvent supervisor = outbound(1).extension("62109").is("Setup").because("Supervising");

        assertThat(legs(call(supervisor, supervisor.is("Disconnected")))).isEmpty();
    }

    @Test
    void shouldHaveTheResultOfALaterSessionForItsCaller() {
        Call call = call(
                session("a", CALLER, AGENT),
                session(
                        "b",
                        outbound(1).extension("62102").at(500),
                        inbound(2).is("Proceeding").at(600)));

        assertThat(legs(call))
                .filteredOn(leg -> leg.party().equals(ref("b", 1)))
                .extracting(Leg::result)
                .containsExactly("No Answer");
    }

    // Actions and leg types

    @Test
    void shouldHaveTheIncomingConnectionAsMasterAndALegToEachPhone() {
        TestEvent other = ringing(3, "62103");
        CallRecord call = TestSessions.record(
                RINGING,
                CALLER.at(5),
                other,
                AGENT.at(500),
                other.is("Disconnected").at(510));

        assertThat(call.graph().legs())
                .extracting(
                        Leg::party,
                        Leg::master,
                        Leg::legType,
                        Leg::direction,
                        Leg::action,
                        leg -> leg.refs().extensionId())
                .containsExactly(
                        tuple(ref("a", 1), true, "Accept", "Inbound", "Phone Call", "62102"),
                        tuple(ref("a", 2), false, "PstnToSip", "Outbound", "VoIP Call", "62102"),
                        tuple(ref("a", 3), false, "PstnToSip", "Outbound", "VoIP Call", "62103"));
    }

    @Test
    void shouldHaveAMasterWhereTheIncomingConnectionIsNotDelivered() {
        CallRecord call = TestSessions.record(AGENT);

        assertThat(call.graph().legs())
                .extracting(Leg::master, Leg::legType, Leg::direction, Leg::action)
                .containsExactly(tuple(true, "Accept", "Inbound", "Phone Call"));
    }

    @ParameterizedTest
    @CsvSource({
        "Parked, CallPark, VoIP Call, PstnToSip",
        "Answered, Supervising, Monitoring, Unknown",
        "FaxReceive, , Incoming Fax, Unknown",
        "Answered, , VoIP Call, PstnToSip",
        "Voicemail, , VoIP Call, PstnToSip"
    })
    void shouldHaveTheActionOfTheParty(String status, String reason, String action, String legType) {
        Leg leg = leg(2, CALLER, RINGING, RINGING.is(status).because(reason));

        assertThat(leg.action()).isEqualTo(action);
        assertThat(leg.legType()).isEqualTo(legType);
    }

    /** RingCentral publishes no samples of these, so the legs claim nothing about them. */
    @Test
    void shouldSayUnknownOfLegsThatNoSampleShows() {
        TestEvent menu = inbound(2).extension("62800");
        TestEvent queue = inbound(3).extension("62900").queueCall(true).to(new Address(null, null, "62900", null));
        TestEvent outside = inbound(4).is("Answered");

        assertThat(legs(call(
                        CALLER,
                        menu.is("Answered"),
                        menu.is("Disconnected").because("CallerInputRedirect"),
                        queue.is("Setup"),
                        outside)))
                .extracting(Leg::legType, Leg::action, Leg::direction, Leg::result)
                .contains(
                        tuple("Unknown", "Unknown", "Inbound", "Unknown"),
                        tuple("Unknown", "Unknown", "Outbound", "Call connected"));
        assertThat(leg(1, CALLER.extension("62104"), outside))
                .extracting(Leg::legType, Leg::action, Leg::direction, Leg::master)
                .containsExactly("Unknown", "Phone Call", "Outbound", true);
    }

    @Test
    void shouldHaveTheActionOfARingOut() {
        List<Leg> legs = legs(call(
                inbound(1).extension("62104").ringOutRole("Initiator").origin("RingOut"),
                inbound(2).is("Answered").ringOutRole("Target").origin("RingOut")));

        assertThat(legs)
                .extracting(Leg::legType, Leg::action, Leg::direction, Leg::result)
                .containsExactly(
                        tuple("Unknown", "RingOut Web", "Outbound", "Call connected"),
                        tuple("Unknown", "RingOut Web", "Outbound", "Call connected"));
    }

    // References of a leg and of the call

    @Test
    void shouldNameBothSessionsOfAWarmTransfer() {
        CallRecord call = CallRecord.of(
                call(
                        session(
                                "a",
                                CALLER,
                                AGENT,
                                AGENT.is("Gone").because("AttendedTransfer").peer("b", 1)),
                        session(
                                "b",
                                outbound(1)
                                        .is("Gone")
                                        .because("AttendedTransfer")
                                        .peer("a", 2)
                                        .at(900))),
                CallRules.DEFAULT);

        assertThat(call.people().refs()).isEqualTo(new CallLogRefs(ref("a", 1).partyId(), "62102", null, "s-b", null));
        assertThat(call.graph().legs())
                .filteredOn(leg -> leg.party().equals(ref("a", 2)))
                .singleElement()
                .satisfies(leg -> assertThat(leg.refs().transferTarget()).isEqualTo("s-b"));
    }

    @Test
    void shouldNameTheFirstRecordingThatHasAnId() {
        CallRecord call = TestSessions.record(
                CALLER,
                AGENT.recordings(new Recording(null, true), new Recording("r1", true), new Recording("r2", true)));

        RecordingRef recording = new RecordingRef("1", "r1");
        assertThat(call.people().refs().recording()).isEqualTo(recording);
        assertThat(call.graph().legs())
                .extracting(leg -> leg.refs().recording())
                .containsExactly(null, recording);
    }

    @Test
    void shouldBeOfTheExtensionThatAnsweredFirst() {
        CallRecord call = TestSessions.record(
                CALLER,
                RINGING.at(100),
                inbound(3).is("Answered").extension("62103").at(500),
                AGENT.at(900));

        assertThat(call.people().refs().extensionId()).isEqualTo("62103");
    }

    @Test
    void shouldBeOfTheFirstExtensionThatAnsweredAfterAnOutsideNumberDid() {
        CallRecord call = TestSessions.record(CALLER, inbound(3).is("Answered").at(500), AGENT.at(900));

        assertThat(call.people().refs().extensionId()).isEqualTo("62102");
    }

    @Test
    void shouldBeOfTheOnlyExtensionThatRangOrOfNone() {
        TestEvent other = inbound(3).is("Proceeding").extension("62103");

        assertThat(TestSessions.record(CALLER, RINGING).people().refs().extensionId())
                .isEqualTo("62102");
        assertThat(TestSessions.record(CALLER, RINGING, other).people().refs().extensionId())
                .isNull();
        assertThat(TestSessions.record(CALLER, RINGING, other.is("Setup"))
                        .people()
                        .refs()
                        .extensionId())
                .isEqualTo("62102");
    }

    @Test
    void shouldBeOfTheExtensionThatCalled() {
        TestEvent caller = CALLER.extension("62104");
        TestEvent supervisor = outbound(3).extension("62109").is("Answered").because("Supervising");

        assertThat(TestSessions.record(AGENT, caller).people().refs().extensionId())
                .isEqualTo("62104");
        assertThat(TestSessions.record(supervisor, caller, AGENT)
                        .people()
                        .refs()
                        .extensionId())
                .isEqualTo("62104");
        assertThat(TestSessions.record(supervisor).people().refs().extensionId())
                .isEqualTo("62109");
    }

    private static List<Leg> legs(Call call) {
        return CallRecord.of(call, CallRules.DEFAULT).graph().legs();
    }

    /** The leg of this party, in a call of one session. */
    private static Leg leg(int party, TestEvent... told) {
        return legs(call(told)).stream()
                .filter(leg -> leg.party().equals(ref("a", party)))
                .findFirst()
                .orElseThrow();
    }
}
