package io.callweave.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.record.Incomplete;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.testcalls.Assembled;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void shouldTellWhenTheCallWasOverAndItsSentence() throws Exception {
        assertThat(line(call(), 1, DirectoryLookup.EMPTY))
                .isEqualTo("10:01:31  inbound      1:30  Ann Doe +15550100002 \u2192 Main menu,"
                        + " answered by Agent 101, transferred t\u2026");
        assertThat(CallLine.heading(CallLine.day(RecordedCall.read(call()), BERLIN), BERLIN))
                .isEqualTo("Monday, 2 March 2026, Europe/Berlin (UTC+01:00)");
    }

    @Test
    void shouldNameZonesThatAreOffsetsOnce() {
        LocalDate day = LocalDate.of(2026, 3, 2);

        assertThat(CallLine.heading(day, ZoneOffset.UTC)).isEqualTo("Monday, 2 March 2026, UTC");
        assertThat(CallLine.heading(day, ZoneOffset.ofHours(-3))).isEqualTo("Monday, 2 March 2026, UTC-03:00");
        assertThat(CallLine.heading(day, ZoneId.of("Asia/Kathmandu")))
                .isEqualTo("Monday, 2 March 2026, Asia/Kathmandu (UTC+05:45)");
    }

    @Test
    void shouldSayWhatIsMissingAndWhichRevisionItIs() throws Exception {
        ObjectNode call = call();
        call.put("status", "partial");
        call.putArray("incomplete").add("noFinalStatus").add("sequenceGap");

        assertThat(line(call, 2, DirectoryLookup.EMPTY))
                .endsWith("  revision 2; partial: end not seen, even\u2026")
                .hasSizeLessThanOrEqualTo(CallLine.WIDTH);
    }

    @Test
    void shouldNeverBeWiderThanItsColumns() throws Exception {
        ObjectNode call = call();
        call.withObject("/from").put("name", "x".repeat(300));
        call.put("callerName", "x".repeat(300));
        call.withObject("/parties/1/to").put("name", "y".repeat(300));
        call.put("status", "partial");
        for (Incomplete reason : Incomplete.values()) {
            call.withArray("incomplete").add(reason.wireName());
        }

        assertThat(line(call, 2, DirectoryLookup.EMPTY)).hasSizeLessThanOrEqualTo(CallLine.WIDTH);
    }

    @Test
    void shouldCallPeopleByTheirNamesInTheDirectory() throws Exception {
        DirectoryLookup people =
                DirectoryLookup.of(List.of(new DirectoryEntry("1", "7", "Dana", "user", null, null, null)));

        assertThat(line(call(), 1, people)).contains(", answered by Dana, ").doesNotContain("Agent 101");
    }

    @Test
    void shouldSayThatItIsARingOutAndWhoAskedForIt() {
        PhoneCall call = PhoneCall.call().ringOut("104", "+15550100002");

        assertThat(line(call.answered().hangUp().after(20, ChronoUnit.SECONDS)))
                .contains("  outbound  ")
                .endsWith("  Company +155502000104 \u2192 +15550100002, RingOut, answered");
        assertThat(line(call.noAnswer()))
                .contains("  outbound  ")
                .endsWith("  Company +155502000104 \u2192 +15550100002, RingOut, not answered: no answer");
    }

    @Test
    void shouldSayOfARingOutThatItsOtherEndIsNotSeen() {
        PhoneCall call = PhoneCall.call()
                .ringOutInTwoSessions("104", "+15550100002")
                .answered()
                .hangUp();

        assertThat(line(call))
                .endsWith("  +155502000104 \u2192 +15550100002, RingOut, not answered: other end not seen");
    }

    @Test
    void shouldUseColoursOnlyWhereTheyAreWanted() throws Exception {
        String plain = line(call(), 1, DirectoryLookup.EMPTY);

        assertThat(plain).doesNotContain("\u001b");
        assertThat(CallLine.of(RecordedCall.read(call()), 1, DirectoryLookup.EMPTY, BERLIN, new Ink(true))
                        .replaceAll("\u001b\\[[\\d;]*m", ""))
                .isEqualTo(plain);
    }

    private static String line(PhoneCall call) {
        return CallLine.of(
                Assembled.calls(call.notifications().stream()
                                .map(notification -> notification.json())
                                .toList())
                        .get(0),
                1,
                DirectoryLookup.EMPTY,
                BERLIN,
                new Ink(false));
    }

    private static String line(JsonNode call, long revision, DirectoryLookup directory) {
        return CallLine.of(RecordedCall.read(call), revision, directory, BERLIN, new Ink(false));
    }

    private static ObjectNode call() throws Exception {
        return (ObjectNode) JSON.readTree("""
                {"accountId": "1", "callId": "s-1", "type": "Voice", "callerName": "Ann Doe", "startTime": "2026-03-02T09:00:00.940Z", "endTime": "2026-03-02T09:01:31.812Z",
                  "direction": "Inbound", "internal": false, "status": "complete",
                 "revision": 1, "incomplete": [], "action": "Phone Call", "result": "Accepted", "durationMs": 90872,
                 "from": {"phoneNumber": "+15550100002", "name": "Ann Doe", "extensionId": null},
                 "to": {"phoneNumber": "+15550100006", "name": "Main menu", "extensionId": "62"},
                 "answerTime": "2026-03-02T09:00:17.000Z", "timeToAnswerMs": 16060,
                 "ringMs": 7345, "talkMs": 65400, "holdMs": 0, "parkMs": 0,
                 "parties": [
                   {"partyId": "p-1", "telephonySessionId": "s-1", "direction": "Outbound", "role": "participant", "startTime": "2026-03-02T09:00:00.940Z",
                    "answerTime": "2026-03-02T09:00:17.000Z"},
                   {"partyId": "p-2", "telephonySessionId": "s-1", "direction": "Inbound", "role": "participant", "startTime": "2026-03-02T09:00:00.940Z",
                    "extensionId": "7", "to": {"name": "Agent 101", "extensionId": "7"}, "talkMs": 43000,
                    "answerTime": "2026-03-02T09:00:17.000Z"},
                   {"partyId": "p-3", "telephonySessionId": "s-1", "direction": "Inbound", "role": "participant", "startTime": "2026-03-02T09:00:00.940Z",
                    "extensionId": "8", "to": {"name": "Agent 102", "extensionId": "8"}, "talkMs": 30000,
                    "answerTime": "2026-03-02T09:01:00.000Z"}],
                 "answeredBy": {"telephonySessionId": "s-1", "partyId": "p-2", "extensionId": "7", "queueExtensionId": null},
                 "queues": [],
                 "transfers": [{"kind": "blind", "time": "2026-03-02T09:00:59.000Z", "by": {"telephonySessionId": "s-1", "partyId": "p-2"}, "to": {"telephonySessionId": "s-1", "partyId": "p-3"}}]}
                """);
    }
}
