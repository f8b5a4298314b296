package io.callweave.topology.calls;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static io.callweave.topology.TopologyKit.session;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.TopologyKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code party-metrics}: one flat row per party of a finished call, replaced whenever the call is. */
class PartyRowsTest {

    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall CALL = call().inbound(CUSTOMER)
            .answeredBy("104")
            .after(7, SECONDS)
            .onHold(5, SECONDS)
            .hangUp();
    private static final PhoneCall BLIND =
            call().inbound(CUSTOMER).answeredBy("104").transferredTo("106").hangUp();
    private static final PhoneCall ATTENDED =
            call().inbound(CUSTOMER).answeredBy("104").attendedTransferTo("106").hangUp();

    private final TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldHaveTheFieldsOfTheContract() {
        kit.receive(CALL);

        assertThat(kit.partyRows())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.tree().properties())
                        .extracting(Map.Entry::getKey)
                        .containsExactlyInAnyOrder(
                                "accountId",
                                "callId",
                                "revision",
                                "epoch",
                                "callStatus",
                                "callDirection",
                                "callInternal",
                                "callAction",
                                "callResult",
                                "telephonySessionId",
                                "partyId",
                                "direction",
                                "role",
                                "extensionId",
                                "queueExtensionId",
                                "phoneNumber",
                                "name",
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
                                "missed",
                                "transferred",
                                // Of the directory, which is optional.
                                "extensionName",
                                "extensionType",
                                "site",
                                "department",
                                "timeZone",
                                "queueName"));
    }

    @Test
    void shouldSayOfEachPartyWhatTheRecordSays() {
        kit.receive(CALL);

        ObjectNode record = kit.emitted().get(0).tree();
        Map<String, ObjectNode> rows = rows();
        assertThat(rows).hasSize(record.path("parties").size());
        for (JsonNode party : record.path("parties")) {
            ObjectNode row = rows.get(ExpectedRows.key(record, party));
            for (String field : ExpectedRows.AS_IN_THE_PARTY) {
                assertThat(row.path(field)).as(field).isEqualTo(party.path(field));
            }
            JsonNode own = party.path(party.path("direction").asText().equals("Outbound") ? "from" : "to");
            assertThat(row.path("phoneNumber")).isEqualTo(own.path("phoneNumber"));
            assertThat(row.path("name")).isEqualTo(own.path("name"));
            assertThat(row.path("partyId")).isEqualTo(party.path("partyId"));
            assertThat(row.path("accountId")).isEqualTo(record.path("accountId"));
            assertThat(row.path("callId")).isEqualTo(record.path("callId"));
            assertThat(row.path("revision")).isEqualTo(record.path("revision"));
            assertThat(row.path("epoch")).isEqualTo(record.path("epoch"));
            assertThat(row.path("callStatus")).isEqualTo(record.path("status"));
            assertThat(row.path("callDirection")).isEqualTo(record.path("direction"));
            assertThat(row.path("callInternal")).isEqualTo(record.path("internal"));
            assertThat(row.path("callAction")).isEqualTo(record.path("action"));
            assertThat(row.path("callResult")).isEqualTo(record.path("result"));
            assertThat(row.path("transferred").asBoolean()).isFalse();
        }
    }

    @Test
    void shouldComeWithTheHeadersOfTheRecord() {
        kit.receive(CALL);

        Map<String, String> headers = kit.emitted().get(0).headers();
        assertThat(headers).containsEntry(Headers.COMPLETION_REASON, "over");
        assertThat(kit.partyRows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.headers()).isEqualTo(headers);
            assertThat(row.timestamp()).isEqualTo(kit.wall());
        });
    }

    @Test
    void shouldHaveNoRowsOfACallThatGoesOn() {
        kit.receive(CALL.notifications().subList(0, 6));

        assertThat(kit.partyRows()).isEmpty();
    }

    @Test
    void shouldReplaceTheRowsOfACallThatIsRevised() {
        kit.receive(CALL);
        Map<String, ObjectNode> before = rows();
        Notification last = CALL.notifications().get(CALL.notifications().size() - 1);

        kit.receive(TopologyKit.edited(last, tree -> TopologyKit.body(tree).put("sequence", last.sequence() + 2)));

        Map<String, ObjectNode> after = rows();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.values()).allSatisfy(row -> {
            assertThat(row.path("revision").asLong()).isEqualTo(2);
            assertThat(row.path("callStatus").asText()).isEqualTo("partial");
        });
    }

    @Test
    void shouldReplaceTheRowsOfACallThatBecomesPartOfAnother() {
        List<Notification> second = session(ATTENDED, 1);
        kit.receive(second).pass(Duration.ofSeconds(30));
        Map<String, ObjectNode> before = rows();
        assertThat(before.values())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.path("callId").asText())
                        .isEqualTo(ATTENDED.telephonySessionIds().get(1)));

        kit.receive(session(ATTENDED, 0));

        Map<String, ObjectNode> after = rows();
        assertThat(after.keySet()).containsAll(before.keySet()).hasSizeGreaterThan(before.size());
        assertThat(after.values())
                .allSatisfy(row -> assertThat(row.path("callId").asText())
                        .isEqualTo(ATTENDED.telephonySessionIds().get(0)));
    }

    @Test
    void shouldSayWhoTransferredBlind() {
        kit.receive(BLIND).passUntilNothingWaits();

        assertThat(transferors()).containsExactly(BLIND.partiesOf("104").get(0));
    }

    @Test
    void shouldSayWhoTransferredAttendedOnce() {
        kit.receive(ATTENDED).passUntilNothingWaits();

        assertThat(transferors()).containsExactly(ATTENDED.partiesOf("104").get(0));
    }

    @Test
    void shouldNotTakeAHandOverFromAQueueForATransfer() {
        kit.receive(call().inbound(CUSTOMER)
                        .queue("Sales", "104", "105")
                        .answeredBy("105")
                        .hangUp())
                .passUntilNothingWaits();

        assertThat(transferors()).isEmpty();
    }

    private List<String> transferors() {
        List<String> transferors = new ArrayList<>();
        rows().values().stream()
                .filter(row -> row.path("transferred").asBoolean())
                .forEach(row -> transferors.add(row.path("partyId").asText()));
        return transferors;
    }

    /** The last row under each key. */
    private Map<String, ObjectNode> rows() {
        Map<String, ObjectNode> rows = new TreeMap<>();
        kit.partyRows().forEach(row -> rows.put(row.key(), row.tree()));
        return rows;
    }
}
