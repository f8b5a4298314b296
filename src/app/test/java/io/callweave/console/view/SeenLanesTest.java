package io.callweave.console.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.live.LiveCall;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.NotificationReader;
import io.callweave.record.RecordedCall;
import io.callweave.words.LiveWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a call that goes on did before. */
class SeenLanesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NotificationReader READER = new NotificationReader(NotificationLimits.DEFAULT);
    private static final DirectoryLookup MENU = (account, extension) ->
            extension.equals("9") ? new DirectoryEntry("1", "9", "Main menu", "ivr", null, null, null) : null;

    private final SeenLanes seen = new SeenLanes();

    @Test
    void shouldShowWhatWasBeforeAndPartiesThatAreOver() throws IOException {
        notification(5, "00:30", "p-3", "Inbound", "104", "Hold");
        notification(1, "00:00", "p-1", "Outbound", null, "Answered");
        notification(2, "00:01", "p-2", "Inbound", "9", "Setup");
        notification(3, "00:10", "p-2", "Inbound", "9", "Disconnected");
        notification(3, "00:10", "p-3", "Inbound", "104", "Proceeding");
        notification(4, "00:17", "p-3", "Inbound", "104", "Answered");
        notification(4, "00:17", "p-4", "Inbound", "105", "Disconnected");

        assertThat(lanes(party("p-1", "Outbound", null, "Answered", "00:00") + ","
                        + party("p-3", "Inbound", "104", "Hold", "00:30")))
                .containsExactly(
                        "caller talking 00:00-now",
                        "menu menu 00:01-00:10",
                        "agent ringing 00:10-00:17 talking 00:17-00:30 hold 00:30-now");
    }

    @Test
    void shouldBelieveTheCallWhereItsNotificationsAreOlder() throws IOException {
        notification(4, "00:17", "p-3", "Inbound", "104", "Answered");
        notification(5, "00:05", "p-5", "Inbound", "106", "Proceeding");

        assertThat(lanes(party("p-3", "Inbound", "104", "Hold", "00:30") + ","
                        + party("p-5", "Inbound", "106", "Proceeding", "00:05")))
                .as("a phone that rang before the answer has lost its end")
                .containsExactly("agent ringing 00:05-00:17", "agent talking 00:17-00:30 hold 00:30-now");
    }

    private void notification(
            int sequence, String at, String party, String direction, String extension, String status) {
        String sent = """
                {"event": "/restapi/v1.0/account/1/telephony/sessions",
                 "body": {"telephonySessionId": "s-1", "sequence": %d, "eventTime": "%s", "parties": [
                   {"id": "%s", "direction": "%s", "extensionId": %s, "status": {"code": "%s"}}]}}""".formatted(sequence, time(at), party, direction, quoted(extension), status);
        seen.add("s-1", READER.read(sent.getBytes(UTF_8)).events(), false);
    }

    private List<String> lanes(String parties) throws IOException {
        ObjectNode live = (ObjectNode) JSON.readTree("""
                {"accountId": "1", "callId": "s-1", "state": "talking", "since": "2026-03-02T09:00:17.000Z",
                 "startTime": "2026-03-02T09:00:00.000Z", "sessions": ["s-1"], "answeredBy": {"extensionId": "104"},
                 "doing": {"answerTime": "%s"}, "parties": [%s]}""".formatted(time("00:17"), parties));
        LiveCall call = RecordedCall.readLive(live);
        ArrayNode lanes = seen.over(
                new LiveView(call, live),
                LaneJson.lanes(LiveWords.of(call, MENU).lanes()),
                MENU);
        List<String> told = new ArrayList<>();
        lanes.forEach(lane -> {
            StringBuilder text = new StringBuilder(lane.path("role").asText());
            lane.path("spans")
                    .forEach(span -> text.append(' ')
                            .append(span.path("state").asText())
                            .append(' ')
                            .append(minute(span.path("from")))
                            .append('-')
                            .append(span.path("to").isNull() ? "now" : minute(span.path("to"))));
            told.add(text.toString());
        });
        return told;
    }

    private static String party(String id, String direction, String extension, String status, String since) {
        return """
                {"telephonySessionId": "s-1", "partyId": "%s", "role": "participant", "direction": "%s",
                 "extensionId": %s, "status": "%s", "since": "%s"}""".formatted(id, direction, quoted(extension), status, time(since));
    }

    private static String quoted(String text) {
        return text == null ? "null" : '"' + text + '"';
    }

    private static String time(String at) {
        return "2026-03-02T09:" + at + ".000Z";
    }

    private static String minute(JsonNode time) {
        return time.asText().substring(14, 19);
    }
}
