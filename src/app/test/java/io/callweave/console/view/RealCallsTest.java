package io.callweave.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.testcalls.Assembled;
import io.callweave.words.CallWords;
import io.callweave.words.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shown of calls that RingCentral sent, and of simulated ones. */
class RealCallsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final JsonNode MENU = call("csn-pstn-to-rc-ivr");
    private static final JsonNode TRANSFER = simulated(PhoneCall.call()
            .inbound("+15550100002")
            .answeredBy("104")
            .attendedTransferTo("106")
            .hangUp());
    private static final JsonNode QUEUE = simulated(PhoneCall.call()
            .inbound("+15550100002")
            .queue("Support", "105", "104")
            .answeredBy("104")
            .hangUp());
    private static final JsonNode REAL_QUEUE = call("queue-answered-2026");

    @Test
    void shouldShowACallThroughAMenuAsARow() throws IOException {
        ObjectNode row = CallRow.of(RecordedCall.of(MENU), DirectoryLookup.EMPTY);

        assertThat(JSON.readTree(row.toString())).isEqualTo(JSON.readTree("""
                {"accountId": "809646016", "callId": "s-718107795d564867a6f635fd81e89940", "revision": 1, "epoch": 0,
                 "status": "complete", "incomplete": [], "direction": "Inbound", "outcome": "answered",
                 "result": "Accepted", "startTime": "2020-06-23T01:05:43.940Z", "endTime": "2020-06-23T01:06:14.812Z",
                 "durationMs": 30872, "waitMs": 16061, "talkMs": 12414, "holdMs": 2393,
                 "from": {"label": "Caller 1 +15550100002", "number": "+15550100002", "extensionId": null},
                 "to": {"label": "IVR Menu 1", "number": "+15550100006", "extensionId": "62242421016"},
                 "answeredBy": {"label": "Agent 1", "extensionId": "809646016"}, "way": ["Agent 1"], "queues": [],
                 "transfers": 0, "sessions": 1, "partialReason": null,
                 "extensions": ["62242421016", "809646016"], "names": {}, "artifacts": [],
                 "texts": ["15550100002", "15550100006", "caller 1", "ivr menu 1"]}
                """));
    }

    @Test
    void shouldTellItAsASentence() {
        assertThat(words(MENU, DirectoryLookup.EMPTY).sentence())
                .isEqualTo("Caller 1 +15550100002 \u2192 IVR Menu 1, answered by Agent 1");
        assertThat(words(MENU, people("809646016", "Dana")).sentence())
                .isEqualTo("Caller 1 +15550100002 \u2192 IVR Menu 1, answered by Dana");
    }

    @Test
    void shouldTellItsSteps() {
        assertThat(words(MENU, DirectoryLookup.EMPTY).steps())
                .extracting(step ->
                        step.at() - Instant.parse("2020-06-23T01:05:43.940Z").toEpochMilli() + " " + step.text())
                .containsExactly(
                        "0 Caller 1 +15550100002 calls IVR Menu 1",
                        "8716 It rings at Agent 1",
                        "16061 Agent 1 answers after 7 s",
                        "20661 Agent 1 puts the call on hold for 2 s",
                        "30872 The call ends");
    }

    @Test
    void shouldDrawTheCallerAsWaitingUntilSomebodyAnswers() {
        JsonNode lanes = LaneJson.lanes(words(MENU, DirectoryLookup.EMPTY).lanes());

        assertThat(lanes)
                .extracting(lane ->
                        lane.path("label").asText() + ", " + lane.path("role").asText() + ": " + spans(lane))
                .containsExactly(
                        "Caller 1, caller: waiting talking",
                        "IVR Menu 1, menu: menu",
                        "Agent 1, agent: ringing talking hold talking");
        assertThat(lanes.at("/0/spans/0/to").asText()).isEqualTo("2020-06-23T01:06:00.001Z");
        assertThat(lanes.at("/2/events")).hasSize(6);
    }

    @Test
    void shouldDrawBothSessionsOfATransferAndAnArrowBetweenThem() {
        JsonNode lanes = LaneJson.lanes(words(TRANSFER, DirectoryLookup.EMPTY).lanes());
        JsonNode arrows = LaneJson.arrows(words(TRANSFER, DirectoryLookup.EMPTY).arrows());

        assertThat(lanes).extracting(lane -> lane.path("session").asInt()).contains(0, 1);
        assertThat(arrows).isNotEmpty().allSatisfy(arrow -> {
            assertThat(arrow.path("kind").asText()).isEqualTo("attended");
            assertThat(arrow.path("text").asText()).isEqualTo("attended transfer");
            assertThat(lanes.has(arrow.path("fromLane").asInt(-1))).isTrue();
            assertThat(lanes.has(arrow.path("toLane").asInt(-1))).isTrue();
        });
        assertThat(CallRow.of(RecordedCall.of(TRANSFER), DirectoryLookup.EMPTY)
                        .path("transfers")
                        .asInt())
                .isEqualTo(arrows.size());
        assertThat(words(TRANSFER, DirectoryLookup.EMPTY).sentence()).contains(", transferred to ");
    }

    @Test
    void shouldSayThatNobodyAnsweredATransfer() {
        JsonNode missed = without(
                "answerTime",
                simulated(PhoneCall.call()
                        .inbound("+15550100002")
                        .answeredBy("104")
                        .transferredTo("106")
                        .hangUp()));

        assertThat(words(missed, DirectoryLookup.EMPTY).sentence()).endsWith(", who did not answer");
        assertThat(words(missed, DirectoryLookup.EMPTY).steps())
                .extracting(Step::text)
                .anyMatch(text -> text.endsWith(" did not answer"));
        assertThat(words(TRANSFER, DirectoryLookup.EMPTY).sentence()).doesNotContain("did not answer");
        assertThat(words(TRANSFER, DirectoryLookup.EMPTY).steps())
                .extracting(Step::text)
                .noneMatch(text -> text.contains("did not answer"));
    }

    /** The same record, but the target of its transfer only rang. */
    private static JsonNode without(String field, JsonNode call) {
        JsonNode copy = call.deepCopy();
        JsonNode to = copy.at("/transfers/0/to/partyId");
        copy.path("parties").forEach(party -> {
            if (party.path("partyId").equals(to)) {
                ((ObjectNode) party).remove(field);
            }
        });
        assertThat(copy).isNotEqualTo(call);
        return copy;
    }

    @Test
    void shouldNameTheQueueAndWhoAnswered() {
        ObjectNode row = CallRow.of(RecordedCall.of(QUEUE), DirectoryLookup.EMPTY);

        assertThat(row.path("queues")).hasSize(1);
        assertThat(row.path("outcome").asText()).isEqualTo("answered");
        assertThat(CallRow.of(RecordedCall.of(REAL_QUEUE), DirectoryLookup.EMPTY)
                        .path("queues"))
                .hasSize(1);
        assertThat(words(QUEUE, DirectoryLookup.EMPTY).steps())
                .extracting(Step::text)
                .anyMatch(text -> text.startsWith("The call enters the queue Support"))
                .anyMatch(text -> text.contains(" rings "));
    }

    private static String spans(JsonNode lane) {
        StringBuilder states = new StringBuilder();
        lane.path("spans")
                .forEach(span -> states.append(states.isEmpty() ? "" : " ")
                        .append(span.path("state").asText()));
        return states.toString();
    }

    private static CallWords words(JsonNode call, DirectoryLookup directory) {
        return CallWords.of(RecordedCall.read(call), directory);
    }

    private static DirectoryLookup people(String extension, String name) {
        return DirectoryLookup.of(List.of(new DirectoryEntry("809646016", extension, name, "user", null, null, null)));
    }

    private static JsonNode simulated(PhoneCall call) {
        return Assembled.trees(call.notifications().stream()
                        .map(notification -> notification.json())
                        .toList())
                .get(0);
    }

    private static JsonNode call(String file) {
        try {
            return Assembled.trees(Files.readAllLines(Path.of("src/samples/real", file + ".ndjson")))
                    .get(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
