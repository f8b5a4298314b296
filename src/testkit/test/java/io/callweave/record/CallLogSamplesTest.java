package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.ExpectedCalls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The two calls of RingCentral's published Call Log samples (tylerlong/active-calls-demo, 2021), leg by leg. The log is
 * real; its notifications were never published. Those here are MADE after it: party 1 is the connection of the log's
 * master leg, the next ones are those of its other legs, with the times and ids of the log.
 */
class CallLogSamplesTest {

    /** What stands in both forms with the same name and meaning. */
    private static final List<String> SAME = List.of(
            "type", "direction", "action", "result", "reason", "telephonySessionId", "legType", "master", "duration");

    private static final String ACCOUNT = "123456";
    private static final String AGENT = "234567";

    private final List<String> notifications = new ArrayList<>();

    @Test
    void shouldBeLegByLegTheDirectCallOfTheLog() {
        JsonNode log = log("Call extension direct number directly", "After call hang up");
        make(log, false);

        compare(log, record());
    }

    @Test
    void shouldBeLegByLegTheQueueCallOfTheLog() {
        JsonNode log = log("Call a call queue which ring the extension", "After call hang up");
        make(log, true);

        compare(log, record());
    }

    /** Before the answer, the log has only the leg that is the master later. */
    @Test
    void shouldHaveTheMasterLegOfTheLogBeforeAnyPhoneRings() {
        JsonNode log = log("Call extension direct number directly", "Before call answered");
        make(log, false);

        JsonNode legs = record().path("legs");

        assertThat(legs).hasSize(1);
        for (String field : List.of("type", "direction", "action", "legType", "master")) {
            assertThat(legs.get(0).path(field))
                    .as(field)
                    .isEqualTo(log.at("/legs/0").path(field));
        }
    }

    private static void compare(JsonNode log, JsonNode record) {
        for (String field :
                List.of("type", "direction", "action", "result", "sessionId", "telephonySessionId", "duration")) {
            assertThat(record.path(field)).as(field).isEqualTo(log.path(field));
        }
        assertThat(record.at("/extension/id")).isEqualTo(log.at("/extension/id"));
        assertThat(record.path("legs")).hasSameSizeAs(log.path("legs"));
        for (int i = 0; i < log.path("legs").size(); i++) {
            JsonNode theirs = log.path("legs").get(i);
            JsonNode ours = record.path("legs").get(i);
            for (String field : SAME) {
                assertThat(ours.path(field)).as("leg " + i + " " + field).isEqualTo(theirs.path(field));
            }
            assertThat(ours.at("/extension/id")).as("leg " + i).isEqualTo(theirs.at("/extension/id"));
            assertThat(Instant.parse(ours.path("startTime").asText()))
                    .isEqualTo(theirs.path("startTime").asText());
            if (theirs.path("master").asBoolean()) {
                // The log's other legs have the platform's own numbers, which no notification has.
                assertThat(ours.at("/from/phoneNumber")).isEqualTo(theirs.at("/from/phoneNumber"));
                assertThat(ours.at("/to/phoneNumber")).isEqualTo(theirs.at("/to/phoneNumber"));
            } else {
                assertThat(record.at("/parties/" + i + "/deviceId")).isEqualTo(theirs.at("/from/device/id"));
            }
        }
    }

    private void make(JsonNode log, boolean queueCall) {
        JsonNode legs = log.path("legs");
        for (int i = 0; i < legs.size(); i++) {
            Instant start = Instant.parse(legs.get(i).path("startTime").asText());
            event(log, i, start, "Setup".repeat(i == 0 ? 1 : 0) + "Proceeding".repeat(i == 0 ? 0 : 1), queueCall);
            event(log, i, start.plusMillis(10), "Answered", queueCall);
        }
        for (int i = legs.size() - 1; i >= 0 && log.has("duration"); i--) {
            Instant start = Instant.parse(legs.get(i).path("startTime").asText());
            event(log, i, start.plusSeconds(legs.get(i).path("duration").asLong()), "Disconnected", queueCall);
        }
    }

    private void event(JsonNode log, int leg, Instant time, String status, boolean queueCall) {
        String session = log.path("telephonySessionId").asText();
        ObjectNode notification = (ObjectNode) WireJson.read("{\"body\":{}}");
        notification.put("event", "/restapi/v1.0/account/" + ACCOUNT + "/telephony/sessions");
        ObjectNode body = (ObjectNode) notification.path("body");
        body.put("sequence", notifications.size() + 2)
                .put("sessionId", log.path("sessionId").asText())
                .put("telephonySessionId", session)
                .put("eventTime", time.toString());
        body.putObject("origin").put("type", "Call");
        ObjectNode party = body.putArray("parties").addObject();
        party.put("accountId", ACCOUNT).put("id", "p-" + session.substring(2) + "-" + (leg + 1));
        party.put("direction", leg == 0 ? "Outbound" : "Inbound");
        party.putObject("from").put("phoneNumber", log.at("/from/phoneNumber").asText());
        ObjectNode to = party.putObject("to")
                .put("phoneNumber", log.at("/to/phoneNumber").asText());
        if (leg > 0) {
            party.put("extensionId", AGENT).put("queueCall", queueCall);
            to.put("extensionId", queueCall ? "345678" : AGENT)
                    .put("deviceId", log.at("/legs/" + leg + "/from/device/id").asText());
        }
        party.putObject("status").put("code", status);
        notifications.add(notification.toString());
    }

    private JsonNode record() {
        List<JsonNode> records = Assembled.trees(notifications);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static JsonNode log(String scenario, String when) {
        return ExpectedCalls.lines("calllog/active-calls-2021.ndjson").stream()
                .map(WireJson::read)
                .filter(line -> line.path("scenario").asText().equals(scenario)
                        && line.path("when").asText().equals(when))
                .map(line -> line.at("/reply/records/0"))
                .findFirst()
                .orElseThrow();
    }
}
