package io.callweave.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which wait a row means. */
class CallRowTest {

    private static final String QUEUES = """
            "queues": [{"queueExtensionId": "50", "name": "Sales queue", "enterTime": "2026-03-02T09:00:00.000Z",
               "leaveTime": "2026-03-02T09:00:18.000Z", "outcome": "overflow"},
                       {"queueExtensionId": "60", "name": "Support queue", "enterTime": "2026-03-02T09:00:18.000Z",
               "leaveTime": "2026-03-02T09:00:39.000Z", "outcome": "abandoned"}]""";

    @ParameterizedTest
    @CsvSource(textBlock = """
            Inbound,  false, Phone Call, Voice, 63000, 63000
            Inbound,  false, Phone Call, Voice, null,  70000
            Inbound,  true,  Phone Call, Voice, 63000, null
            Outbound, false, Phone Call, Voice, 63000, null
            Inbound,  false, Monitoring, Voice, null,  null
            Inbound,  false, Phone Call, Fax,   null,  null
            """)
    void shouldWaitFromTheStartOfTheCall(
            String direction, boolean internal, String action, String type, String answered, String wait)
            throws IOException {
        JsonNode call = call("""
                "direction": "%s", "internal": %s, "action": "%s", "type": "%s", "timeToAnswerMs": %s, "answerTime": %s,
                "parties": [], %s""".formatted(
                        direction,
                        internal,
                        action,
                        type,
                        answered,
                        answered.equals("null") ? "null" : "\"2026-03-02T09:01:03.000Z\"",
                        QUEUES));

        assertThat(String.valueOf(CallRow.waitMs(RecordedCall.read(call)))).isEqualTo(wait);
    }

    @Test
    void shouldWaitUntilTheVoicemail() throws IOException {
        JsonNode call = call("""
                "direction": "Inbound", "timeToAnswerMs": null, "parties": [
                  {"segments": [{"status": "Proceeding", "startTime": "2026-03-02T09:00:10.000Z"},
                                {"status": "VMScreening", "startTime": "2026-03-02T09:00:42.000Z"},
                                {"status": "Voicemail", "startTime": "2026-03-02T09:00:44.000Z"}]}]""");

        assertThat(CallRow.waitMs(RecordedCall.read(call))).isEqualTo(42_000);
    }

    @Test
    void shouldNameTheWaitInEachQueue() throws IOException {
        JsonNode row =
                CallRow.of(RecordedCall.of(call("\"direction\": \"Inbound\", " + QUEUES)), DirectoryLookup.EMPTY);

        assertThat(new ObjectMapper().readTree(row.path("queues").toString()))
                .isEqualTo(new ObjectMapper().readTree("""
                [{"id": "50", "label": "Sales", "waitMs": 18000, "outcome": "overflow"},
                 {"id": "60", "label": "Support", "waitMs": 21000, "outcome": "abandoned"}]"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"direction": "Outbound", "from": null, "to": {"phoneNumber": "+15550100006"}} | withheld
            {"direction": "Outbound", "from": null, "to": null}                            | unknown
            {"direction": "Inbound", "from": null, "to": {"phoneNumber": "+15550100006"}}  | unknown
            """)
    void shouldTellAWithheldNumberFromOneThatNobodyWasTold(String party, String label) throws IOException {
        JsonNode call = call("\"direction\": \"Inbound\", \"from\": null, \"parties\": [" + party + "]");

        assertThat(CallRow.of(RecordedCall.of(call), DirectoryLookup.EMPTY)
                        .at("/from/label")
                        .asText())
                .isEqualTo(label);
    }

    private static JsonNode call(String members) throws IOException {
        ObjectNode call = (ObjectNode) new ObjectMapper().readTree("""
                {"accountId": "1", "callId": "s-1", "status": "complete", "type": "Voice", "direction": "Inbound",
                 "action": "Phone Call", "result": "Missed", "startTime": "2026-03-02T09:00:00.000Z",
                 "endTime": "2026-03-02T09:01:10.000Z"}""");
        call.setAll((ObjectNode) new ObjectMapper().readTree("{" + members + "}"));
        for (JsonNode party : call.path("parties")) {
            ((ObjectNode) party)
                    .put("telephonySessionId", "s-1")
                    .put("partyId", "p-1")
                    .put("role", "participant")
                    .put("startTime", "2026-03-02T09:00:00.000Z");
            party.path("segments")
                    .forEach(segment -> ((ObjectNode) segment).put("endTime", "2026-03-02T09:01:10.000Z"));
        }
        return call;
    }
}
