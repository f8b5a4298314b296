package io.callweave.journey;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.testcalls.Assembled;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyTest {

    private static final String CUSTOMER = "+15550100002";

    private static final DirectoryLookup PEOPLE = DirectoryLookup.of(List.of(
            entry(SimulatedAccount.FIRST.extension("104"), "Dana", DirectoryEntry.USER),
            entry(SimulatedAccount.FIRST.extension("106"), "Bo", DirectoryEntry.USER)));

    @Test
    void shouldTellTheWholeWay() throws Exception {
        JsonNode record = new ObjectMapper().readTree("""
                {"accountId": "1", "direction": "Inbound", "action": "Phone Call", "result": "Accepted",
                 "answerTime": "2026-03-02T09:00:20.000Z", "talkMs": 240000,
                 "queues": [{"queueExtensionId": "50", "name": "Sales queue", "enterTime": "2026-03-02T09:00:08.000Z",
                   "waitMs": 12000, "outcome": "answered"}],
                 "parties": [
                   {"telephonySessionId": "s", "partyId": "p-1", "direction": "Outbound", "role": "participant",
                    "talkMs": 300000, "from": {"phoneNumber": "+15550100002"}},
                   {"telephonySessionId": "s", "partyId": "p-2", "direction": "Inbound", "role": "participant",
                    "startTime": "2026-03-02T09:00:00.000Z", "answerTime": "2026-03-02T09:00:01.000Z", "talkMs": 7000,
                    "to": {"name": "Main"}, "endReason": "CallerInputRedirect"},
                   {"telephonySessionId": "s", "partyId": "p-3", "direction": "Inbound", "role": "queue",
                    "startTime": "2026-03-02T09:00:08.000Z", "talkMs": 12000},
                   {"telephonySessionId": "s", "partyId": "p-4", "direction": "Inbound", "role": "participant",
                    "extensionId": "104", "queueExtensionId": "50", "startTime": "2026-03-02T09:00:09.000Z",
                    "answerTime": "2026-03-02T09:00:20.000Z", "talkMs": 240000, "endReason": "BlindTransfer",
                    "to": {"name": "Sales queue", "extensionId": "50"}},
                   {"telephonySessionId": "s", "partyId": "p-5", "direction": "Inbound", "role": "participant",
                    "extensionId": "106", "talkMs": 0, "to": {"extensionNumber": "106", "extensionId": "106"}}],
                 "transfers": [{"kind": "blind", "time": "2026-03-02T09:04:20.000Z",
                   "to": {"telephonySessionId": "s", "partyId": "p-5"}}]}
                """);
        DirectoryLookup people =
                DirectoryLookup.of(List.of(new DirectoryEntry("1", "104", "Dana", "user", null, null, null)));

        assertThat(Journey.of(record, people))
                .isEqualTo("menu Main, queue Sales 12 s, Dana 4 min, blind transfer to 106");
    }

    @Test
    void shouldTellWhoTalkedAndHowLong() {
        assertThat(journey(inbound().answeredBy("104").hangUp().after(4, MINUTES)))
                .isEqualTo("Dana 4 min");
    }

    @Test
    void shouldTellAMenuThatOnlyTheDirectoryKnows() {
        DirectoryLookup people = DirectoryLookup.of(
                List.of(entry(SimulatedAccount.FIRST.service("Main menu"), "Main menu", DirectoryEntry.IVR)));

        assertThat(Journey.of(
                        record(inbound().ivr("Main menu").answeredBy("104").hangUp()), people))
                .matches("menu Main, Agent 104 \\d+ s");
    }

    @Test
    void shouldTellAnAgentOfAQueueWhomNothingNames() throws Exception {
        JsonNode record = new ObjectMapper().readTree("""
                {"accountId": "1", "direction": "Inbound", "action": "Phone Call", "result": "Accepted",
                 "answerTime": "2026-03-02T09:00:20.000Z", "talkMs": 240000,
                 "parties": [
                   {"telephonySessionId": "s", "partyId": "p-4", "direction": "Inbound", "role": "participant",
                    "extensionId": "104", "queueExtensionId": "50", "answerTime": "2026-03-02T09:00:20.000Z",
                    "talkMs": 240000, "to": {"name": "Sales queue", "extensionId": "50"}}]}
                """);
        DirectoryLookup people =
                DirectoryLookup.of(List.of(new DirectoryEntry("1", "104", "Dana", "user", null, null, null)));

        assertThat(Journey.of(record, DirectoryLookup.EMPTY)).isEqualTo("extension 104 4 min");
        assertThat(new CallNames(record, people).party(record.at("/parties/0"))).isEqualTo("Dana");
    }

    @Test
    void shouldTellTheOtherSideOfAnOutgoingCall() {
        assertThat(journey(call().outbound("104", CUSTOMER)
                        .answered()
                        .after(30, SECONDS)
                        .hangUp()))
                .startsWith(CUSTOMER)
                .doesNotContain("Dana");
    }

    @Test
    void shouldTellTheNameThatWasSentOfWhomTheDirectoryDoesNotKnow() {
        assertThat(Journey.of(record(inbound().answeredBy("104").hangUp().after(4, MINUTES)), DirectoryLookup.EMPTY))
                .isEqualTo("Agent 104 4 min");
    }

    @Test
    void shouldTellATransferAndTheTalkAfterIt() {
        assertThat(journey(inbound()
                        .answeredBy("104")
                        .transferredTo("106")
                        .after(3, MINUTES)
                        .hangUp()
                        .after(2, MINUTES)))
                .matches("Dana 3 min, blind transfer to Bo \\d+ (s|min)");
        assertThat(journey(inbound()
                        .answeredBy("104")
                        .attendedTransferTo("106")
                        .after(3, MINUTES)
                        .hangUp()))
                .matches("Dana 3 min, attended transfer to Bo \\d+ (s|min)");
    }

    @Test
    void shouldTellWhoFetchedACallFromPark() {
        assertThat(journey(inbound()
                        .answeredBy("104")
                        .parkedAt("801")
                        .fetchedFromParkBy("106")
                        .after(20, SECONDS)
                        .hangUp()))
                .matches("Dana \\d+ s, parked \\d+ s, picked up by Bo \\d+ s");
    }

    @Test
    void shouldTellAConferenceOnceAndWhoWasInvited() {
        assertThat(journey(inbound()
                        .answeredBy("104")
                        .conferenceWith("106", "+15550100003")
                        .hangUp()))
                .matches("Dana \\d+ s, Bo \\d+ s, \\+15550100003 \\d+ s, conference \\d+ s");
    }

    @Test
    void shouldTellThatSomebodyMovedToAnotherDevice() {
        assertThat(journey(
                        inbound().answeredBy("104").switchedDevice().flipped().hangUp()))
                .matches("Dana \\d+ s, moved to another device \\d+ s, moved to another device \\d+ s");
    }

    @Test
    void shouldTellTheQueuesAndWhoTookTheCallOutOfThem() {
        assertThat(journey(inbound()
                        .queue("Support", "105", "104")
                        .after(15, SECONDS)
                        .answeredBy("104")
                        .after(4, SECONDS)
                        .hangUp()))
                .matches("queue Support \\d+ s, Dana \\d+ s");
    }

    @Test
    void shouldTellHowACallEndedThatNobodyAnswered() {
        assertThat(journey(inbound().voicemailOf("104").after(20, SECONDS).hangUp()))
                .matches("voicemail of Dana \\d+ s");
        assertThat(journey(inbound().faxFor("104").after(38, SECONDS))).matches("fax \\d+ s");
        assertThat(journey(inbound().ringing("104").after(20, SECONDS).hangUp()))
                .matches("rang Dana \\d+ s, missed");
    }

    @Test
    void shouldSayHowManyStepsItLeavesOut() {
        PhoneCall call = inbound().answeredBy("104");
        for (int i = 0; i < 8; i++) {
            call = call.transferredTo("106").transferredTo("104");
        }

        assertThat(journey(call.hangUp())).endsWith(", and 5 more");
    }

    @Test
    void shouldTellARecordWithoutParties() throws Exception {
        JsonNode record = new ObjectMapper().readTree("""
                {"accountId": "1", "direction": "Inbound", "action": "Phone Call", "result": "Accepted", "talkMs": 60000,
                 "answerTime": "2026-03-02T09:00:20.000Z", "from": {"phoneNumber": "+15550100002"}, "parties": []}
                """);

        assertThat(Journey.of(record, PEOPLE)).isEqualTo("+15550100002 60 s");
    }

    private static PhoneCall inbound() {
        return call().inbound(CUSTOMER);
    }

    private static String journey(PhoneCall call) {
        return Journey.of(record(call), PEOPLE);
    }

    private static JsonNode record(PhoneCall call) {
        return Assembled.trees(call.notifications().stream()
                        .map(notification -> notification.json())
                        .toList())
                .get(0);
    }

    private static DirectoryEntry entry(Extension extension, String name, String type) {
        return new DirectoryEntry(extension.account().id(), extension.id(), name, type, null, null, null);
    }
}
