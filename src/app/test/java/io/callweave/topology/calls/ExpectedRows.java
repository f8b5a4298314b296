package io.callweave.topology.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.topology.TopologyKit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of final call records: one per party, with what the record says of it. */
public final class ExpectedRows {

    /** What a row has of its party's part of the record. */
    static final List<String> AS_IN_THE_PARTY = List.of(
            "telephonySessionId",
            "direction",
            "role",
            "extensionId",
            "queueExtensionId",
            "startTime",
            "answerTime",
            "endTime",
            "setupMs",
            "ringMs",
            "talkMs",
            "holdMs",
            "parkMs",
            "endStatus",
            "endReason",
            "missed");

    private ExpectedRows() {}

    /**
     * Compares the newest rows with final records.
     *
     * @param rows by key
     */
    public static void assertThatAreThese(Map<String, String> rows, Collection<String> records) {
        Map<String, String> expected = new TreeMap<>();
        for (String json : records) {
            JsonNode call = TopologyKit.tree(json);
            for (JsonNode party : call.path("parties")) {
                expected.put(key(call, party), text(call.path("callId"), call.path("status"), party));
            }
        }
        Map<String, String> actual = new TreeMap<>();
        rows.forEach((key, json) -> {
            JsonNode row = TopologyKit.tree(json);
            actual.put(key, text(row.path("callId"), row.path("callStatus"), row));
        });
        assertThat(actual).isEqualTo(expected);
    }

    static String key(JsonNode call, JsonNode party) {
        return call.path("accountId").asText() + "/"
                + party.path("telephonySessionId").asText() + "/"
                + party.path("partyId").asText();
    }

    private static String text(JsonNode callId, JsonNode status, JsonNode party) {
        StringBuilder text = new StringBuilder().append(callId).append(' ').append(status);
        AS_IN_THE_PARTY.forEach(
                field -> text.append(' ').append(field).append('=').append(party.path(field)));
        return text.toString();
    }
}
