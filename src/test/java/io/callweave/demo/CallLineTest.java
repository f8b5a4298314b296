package io.callweave.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class CallLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Ink PLAIN = new Ink(false);

    @Test
    void shouldTellWhoCalledWhomAndHowItWent() throws Exception {
        assertThat(CallLine.of(call(), PLAIN).replaceAll(" {2,}", " | "))
                .isEqualTo(
                        "2026-03-02T09:00:00Z | in | Ann Doe +15550100002 \u2192 Main menu | answered by Agent 101 after 16 s"
                                + " | 1:31 min (ring 7 s, talk 1:05 min, hold 2 s) | transferred to Agent 102");
    }

    @Test
    void shouldMarkWhatIsPartialOrRevised() throws Exception {
        ObjectNode call = (ObjectNode) call();
        call.put("status", "partial").put("revision", 2);
        call.putArray("incomplete").add("noFinalStatus").add("sequenceGap");

        assertThat(CallLine.of(call, PLAIN)).endsWith("  PARTIAL: noFinalStatus, sequenceGap  revision 2");
    }

    @Test
    void shouldSayWhatBecameOfACallThatNobodyAnswered() throws Exception {
        ObjectNode call = (ObjectNode) call();
        call.putNull("answerTime")
                .putNull("ringMs")
                .put("talkMs", 0)
                .put("holdMs", 0)
                .put("result", "Abandoned");
        call.putArray("transfers");
        call.putNull("from");

        assertThat(CallLine.of(call, PLAIN).replaceAll(" {2,}", " | "))
                .isEqualTo("2026-03-02T09:00:00Z | in | unknown \u2192 Main menu | abandoned | 1:31 min");
    }

    @Test
    void shouldUseColoursOnlyWhereTheyAreWanted() throws Exception {
        assertThat(CallLine.of(call(), PLAIN)).doesNotContain("\u001b");
        assertThat(CallLine.of(call(), new Ink(true)).replaceAll("\u001b\\[[\\d;]*m", ""))
                .isEqualTo(CallLine.of(call(), PLAIN));
    }

    private static JsonNode call() throws Exception {
        return JSON.readTree("""
                {"startTime": "2026-03-02T09:00:00.940Z", "direction": "Inbound", "internal": false, "status": "complete",
                 "revision": 1, "incomplete": [], "action": "Phone Call", "result": "Accepted", "durationMs": 90872,
                 "from": {"phoneNumber": "+15550100002", "name": "Ann Doe", "extensionId": null},
                 "to": {"phoneNumber": "+15550100006", "name": "Main menu", "extensionId": "62"},
                 "answerTime": "2026-03-02T09:00:17.000Z", "timeToAnswerMs": 16060,
                 "ringMs": 7345, "talkMs": 65400, "holdMs": 2393, "parkMs": 0,
                 "parties": [
                   {"id": "p-1", "telephonySessionId": "s-1", "direction": "Outbound", "role": "participant",
                    "answerTime": "2026-03-02T09:00:17.000Z"},
                   {"id": "p-2", "telephonySessionId": "s-1", "direction": "Inbound", "role": "participant",
                    "to": {"name": "Agent 101", "extensionId": "7"}, "answerTime": "2026-03-02T09:00:17.000Z"},
                   {"id": "p-3", "telephonySessionId": "s-1", "direction": "Inbound", "role": "participant",
                    "to": {"name": "Agent 102", "extensionId": "8"}, "answerTime": "2026-03-02T09:01:00.000Z"}],
                 "transfers": [{"kind": "blind", "to": {"telephonySessionId": "s-1", "partyId": "p-3"}}]}
                """);
    }
}
