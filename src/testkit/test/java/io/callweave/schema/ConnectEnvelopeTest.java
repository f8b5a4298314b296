package io.callweave.schema;

import static io.callweave.TestJson.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.record.CallRecord;
import io.callweave.record.CallRecordJson;
import io.callweave.record.PartyRowJson;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.testcalls.Assembled;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

/** Read by Kafka Connect's own converter, as a sink gets it. */
class ConnectEnvelopeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = """
            {"event":"/restapi/v1.0/account/1$/telephony/sessions","body":{"sequence":%d,"telephonySessionId":"s-$","sessionId":"$",
             "eventTime":"2026-03-02T10:00:0%dZ","origin":{"type":"$"},"parties":[{"id":"p-$","extensionId":"$","direction":"Inbound",
             "from":{"phoneNumber":"+1$","name":"$","extensionNumber":"$"},"to":{"extensionId":"q$","name":"$","deviceId":"$"},
             "status":{"code":"%s","reason":"$","peerId":{"telephonySessionId":"s-2$","sessionId":"$","partyId":"p-2$"}},
             "queueCall":true,"recordings":[{"id":"$"}],"sipData":{"callId":"$"},"message":{"messageId":"$"}}]}}""";

    private static final CallRecord CALL = Assembled.calls(PhoneCall.call()
                    .inbound("+15550100002")
                    .answeredBy("104")
                    .transferredTo("107")
                    .hangUp()
                    .lines())
            .get(0);

    @Test
    void shouldReadACallAsARowOfATable() throws IOException {
        byte[] value = CallRecordJson.write(CALL, 3);
        JsonNode record = JSON.readTree(value);

        Struct row = read("calls", value);

        assertThat(row.getString("callId")).isEqualTo(CALL.callId());
        assertThat(row.getInt64("revision")).isEqualTo(3);
        assertThat(row.getBoolean("internal")).isFalse();
        assertThat(row.get("startTime"))
                .isEqualTo(Date.from(Instant.parse(record.path("startTime").asText())));
        assertThat(row.getInt64("talkMs")).isEqualTo(record.path("talkMs").asLong());
        assertThat(row.getString("supersededBy")).isNull();
        assertThat(JSON.readTree(row.getString("from"))).isEqualTo(record.path("from"));
        assertThat(JSON.readTree(row.getString("legs"))).isEqualTo(record.path("legs"));
        assertThat(JSON.readTree(row.getString("incomplete"))).isEqualTo(record.path("incomplete"));
    }

    @Test
    void shouldHaveAColumnForEveryField() throws IOException {
        byte[] value = CallRecordJson.write(CALL, 1);

        Struct row = read("calls", value);

        assertThat(row.schema().fields().stream().map(Field::name))
                .containsExactlyElementsOf(() -> tree(value).fieldNames());
        assertThat(row.schema().field("startTime").schema().name()).isEqualTo(Timestamp.LOGICAL_NAME);
        assertThat(row.schema().field("durationMs").schema().type()).isEqualTo(Schema.Type.INT64);
    }

    @Test
    void shouldReadAPartyRow() throws IOException {
        byte[] value = PartyRowJson.write(CALL, CALL.parties().get(0), 1, 0, null, null);
        JsonNode party = tree(value);

        Struct row = read("party-metrics", value);

        assertThat(row.getString("partyId")).isEqualTo(party.path("partyId").asText());
        assertThat(row.getInt64("setupMs")).isEqualTo(party.path("setupMs").asLong());
        assertThat(row.get("answerTime") == null)
                .isEqualTo(party.path("answerTime").isNull());
        assertThat(row.schema().fields()).noneMatch(field -> field.schema().type() == Schema.Type.STRUCT);
    }

    /** One text with U+0000, escaped in JSON or not, would stop a sink for the calls of all accounts. */
    @Test
    void shouldHaveNoTextThatPostgreSqlRefuses() {
        List<String> sent = List.of("Setup", "Proceeding", "Answered", "Disconnected");
        List<CallRecord> calls = Assembled.calls(IntStream.range(0, sent.size())
                .mapToObj(i -> HOSTILE.formatted(i + 2, i, sent.get(i)).replace("$", "a\\u0000b"))
                .toList());
        CallRecord call = calls.get(0);
        Struct row = read("calls", CallRecordJson.write(call, 1));
        Struct party =
                read("party-metrics", PartyRowJson.write(call, call.parties().get(0), 1, 0, null, null));

        assertThat(row.getString("callId")).isEqualTo("s-a\uFFFDb");
        assertThat(party.getString("extensionId")).isEqualTo("a\uFFFDb");
        assertThat(List.of(row, party))
                .allSatisfy(each -> assertThat(each.schema().fields())
                        .allSatisfy(field -> assertThat(String.valueOf(each.get(field)))
                                .as(field.name())
                                .doesNotContain("\0", "\\u0000")));
    }

    /** Columns that come later have to fit into tables that are there. */
    @Test
    void shouldLetAllColumnsBeNullButThoseOfTheKey() {
        Struct row =
                read("party-metrics", PartyRowJson.write(CALL, CALL.parties().get(0), 1, 0, null, null));

        assertThat(row.schema().fields().stream()
                        .filter(field -> !field.schema().isOptional())
                        .map(Field::name))
                .containsExactly("accountId", "telephonySessionId", "partyId");
    }

    @Test
    void shouldLeaveATombstoneANull() {
        assertThat(ConnectEnvelope.of("calls").wrap(null)).isNull();
    }

    private static Struct read(String topic, byte[] value) {
        byte[] wrapped = ConnectEnvelope.of(topic).wrap(value);
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "true"), false);
            SchemaAndValue read = converter.toConnectData("callweave." + topic, wrapped);
            assertThat(read.schema().name()).isEqualTo("callweave." + topic);
            return (Struct) read.value();
        }
    }
}
