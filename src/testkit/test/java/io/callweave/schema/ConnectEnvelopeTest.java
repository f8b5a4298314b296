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
import java.util.Map;
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
