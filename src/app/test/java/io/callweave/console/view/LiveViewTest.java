package io.callweave.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.words.LiveWords;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    private static final DirectoryLookup PEOPLE = DirectoryLookup.of(List.of(
            new DirectoryEntry("1", "104", "Dana", "user", null, null, null),
            new DirectoryEntry("1", "50", "Sales", "queue", null, null, null)));

    private static final Instant NOW = Instant.parse("2026-03-02T09:01:00Z");

    @Test
    void shouldNameThoseWhoAreInTheCall() throws Exception {
        ObjectNode live = (ObjectNode) new ObjectMapper().readTree("""
                {"accountId": "1", "callId": "s-1", "startTime": "2026-03-02T09:00:00.000Z", "since": "2026-03-02T09:00:00.000Z", "state": "talking", "direction": "Inbound", "from": {"phoneNumber": null},
                 "to": {"phoneNumber": "+15550100006", "extensionId": "50"}, "sessions": ["s-1"],
                 "answeredBy": {"extensionId": "104", "name": "Sales queue"}, "answerTime": "2026-03-02T09:00:10.000Z",
                 "parties": [
                   {"telephonySessionId": "s-1", "partyId": "p-1", "role": "participant", "direction": "Outbound",
                    "status": "Answered", "since": "2026-03-02T09:00:00.000Z"},
                   {"telephonySessionId": "s-1", "partyId": "p-2", "role": "participant", "direction": "Inbound",
                    "extensionId": "104", "queueExtensionId": "50", "name": "Sales queue", "status": "Hold",
                    "since": "2026-03-02T09:00:10.000Z"}]}
                """);

        LiveView view = LiveView.of(live, null, NOW, PEOPLE);

        assertThat(view.json().path("label")).isEqualTo(new ObjectMapper().readTree("""
                {"from": "withheld", "to": "Sales", "answeredBy": "Dana", "queue": "Sales"}"""));
        assertThat(view.json().path("names")).isEqualTo(new ObjectMapper().readTree("""
                {"104": "Dana", "50": "Sales"}"""));
        assertThat(view.sentence()).isEqualTo("withheld \u2192 Sales, answered by Dana");
        assertThat(lanes(live))
                .extracting(lane ->
                        lane.path("label").asText() + " " + lane.path("role").asText() + " "
                                + lane.at("/spans/0/state").asText())
                .containsExactly("withheld caller talking", "Dana agent hold");
    }

    @Test
    void shouldNameTheColleagueWhomAPhoneNumberRings() throws Exception {
        ObjectNode live = (ObjectNode) new ObjectMapper().readTree("""
                {"accountId": "1", "callId": "s-1", "startTime": "2026-03-02T09:00:00.000Z", "since": "2026-03-02T09:00:00.000Z", "internal": true, "state": "ringing", "from": {"name": "Gus"},
                 "to": {"extensionNumber": "9"}, "sessions": ["s-1"],
                 "parties": [
                   {"telephonySessionId": "s-1", "partyId": "p-1", "role": "participant", "direction": "Outbound",
                    "status": "Answered", "since": "2026-03-02T09:00:00.000Z"},
                   {"telephonySessionId": "s-1", "partyId": "p-2", "role": "participant", "direction": "Inbound",
                    "extensionId": "104", "status": "Proceeding", "since": "2026-03-02T09:00:10.000Z"}]}
                """);

        assertThat(LiveView.of(live, null, NOW, PEOPLE).json().at("/label/to").asText())
                .isEqualTo("Dana");
        assertThat(LiveView.of(live, null, NOW, DirectoryLookup.EMPTY)
                        .json()
                        .at("/label/to")
                        .asText())
                .isEqualTo("9");
        assertThat(lanes(live).at("/0/spans/0/state").asText())
                .as("the caller, before somebody answers")
                .isEqualTo("waiting");
    }

    @Test
    void shouldNotCountAFaxAsACallOfAnAgent() throws Exception {
        ObjectNode live = (ObjectNode) new ObjectMapper().readTree("""
                {"accountId": "1", "callId": "s-1", "startTime": "2026-03-02T09:00:00.000Z", "since": "2026-03-02T09:00:00.000Z", "state": "fax", "sessions": ["s-1"],
                 "parties": [
                   {"telephonySessionId": "s-1", "partyId": "p-2", "role": "participant", "direction": "Inbound",
                    "extensionId": "104", "status": "FaxReceive", "since": "2026-03-02T09:00:10.000Z"}]}
                """);

        assertThat(LiveView.of(live, null, NOW, PEOPLE).json().path("agents")).isEmpty();
        assertThat(LiveView.of(live.put("state", "talking"), null, NOW, PEOPLE)
                        .json()
                        .path("agents"))
                .hasSize(1);
    }

    @Test
    void shouldTellThatTheCallWaitsInAQueueThatTheDirectoryKnows() throws Exception {
        ObjectNode live = (ObjectNode) new ObjectMapper().readTree("""
                {"accountId": "1", "callId": "s-1", "startTime": "2026-03-02T09:00:00.000Z", "since": "2026-03-02T09:00:00.000Z", "state": "queued", "direction": "Inbound", "from": {"phoneNumber": "+15550100001"},
                 "to": {"phoneNumber": "+15550100006", "name": "Sales queue", "extensionId": "50"}, "sessions": ["s-1"],
                 "parties": [
                   {"telephonySessionId": "s-1", "partyId": "p-2", "role": "queue", "direction": "Inbound",
                    "extensionId": "50", "queueExtensionId": "50", "name": "Sales queue", "status": "Setup",
                    "since": "2026-03-02T09:00:00.000Z"},
                   {"telephonySessionId": "s-1", "partyId": "p-3", "role": "participant", "direction": "Inbound",
                    "extensionId": "104", "queueExtensionId": "50", "name": "Sales queue", "status": "Proceeding",
                    "since": "2026-03-02T09:00:05.000Z"}]}
                """);

        List<String> journey = LiveWords.of(RecordedCall.readLive(live), PEOPLE).journey();

        assertThat(journey)
                .containsExactly(
                        "0:00 +15550100001 calls Sales",
                        "0:00 The call waits in the queue Sales",
                        "0:05 Sales rings Dana");
    }

    private static JsonNode lanes(ObjectNode live) {
        return LaneJson.lanes(LiveWords.of(RecordedCall.readLive(live), PEOPLE).lanes());
    }
}
