package io.callweave.deliver.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Version;
import io.callweave.deliver.queue.DeliveryHeaders;
import io.callweave.deliver.subscription.BodyShape;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.schema.Schemas;
import io.callweave.schema.StrictSchemas;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.topology.TopologyKit;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies of webhooks are as {@code callweave schema webhook} says, whatever fields a subscription chose. */
class WebhookSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema WEBHOOK = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.ofWebhook().toString());

    private static final DirectoryLookup NAMES =
            (account, extension) -> new DirectoryEntry(account, extension, "Ann Doe", "user", "Leeds", null, null);

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldDescribeEachType(EventType type) throws IOException {
        String value = value(type);

        JsonNode whole = body(type, value, List.of());
        assertThat(whole.path("type").asText()).isEqualTo(type.wireName());
        if (type != EventType.TEST) {
            ObjectNode data = whole.path("data").deepCopy();
            boolean told = data.remove("journey") != null;
            data.remove("extensions");
            assertThat(told).isEqualTo(type.isOfCall());
            StrictSchemas.assertValue(topic(type), data.toString());
        }
        assertValid(whole);
        assertValid(body(type, value, BodyShape.CALL_LOG.fields()));
        assertValid(body(type, value, List.of("callId", "accountId")));
    }

    @Test
    void shouldNameExtensionsAsTheDirectoryDoes() throws IOException {
        JsonNode data = body(EventType.CALL_COMPLETED, value(EventType.CALL_COMPLETED), List.of())
                .path("data");

        assertThat(data.path("extensions")).hasSize(1);
        assertThat(data.at("/extensions/0/name").asText()).isEqualTo("Ann Doe");
        assertThat(data.at("/extensions/0/site").asText()).isEqualTo("Leeds");
        assertThat(data.path("journey").toString()).contains("Ann Doe answers");
    }

    @Test
    void shouldSayThatOnlyArtifactsChanged() throws IOException {
        Occurrence occurrence = new Occurrence(
                EventType.CALL_UPDATED,
                "1",
                "1/s-1",
                new Version(1, 2, 0),
                "id",
                1_000,
                value(EventType.CALL_UPDATED).getBytes(UTF_8),
                true);

        JsonNode body = read(occurrence, List.of("callId"));

        assertThat(body.path("changed")).extracting(JsonNode::asText).containsExactly("artifacts");
        assertValid(body);
    }

    @Test
    void shouldObjectToDataOfAnotherType() throws IOException {
        JsonNode call = body(EventType.CALL_COMPLETED, value(EventType.CALL_COMPLETED), List.of());
        String changed = call.toString().replace("\"revision\":1", "\"revision\":\"1\"");

        assertThat(WEBHOOK.validate(changed, InputFormat.JSON)).isNotEmpty();
        assertThat(WEBHOOK.validate("{\"type\":\"call.completed\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void shouldKnowAllTypes() {
        assertThat(Schemas.ofWebhook().at("/properties/type/x-known-values"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(List.of(EventType.values()).stream()
                        .map(EventType::wireName)
                        .toList());
    }

    private static void assertValid(JsonNode body) {
        assertThat(WEBHOOK.validate(body.toString(), InputFormat.JSON)).isEmpty();
    }

    private static JsonNode body(EventType type, String value, List<String> fields) throws IOException {
        Occurrence occurrence =
                new Occurrence(type, "1", "1/s-1", new Version(1, 1, 0), "id", 1_000, value.getBytes(UTF_8));
        return read(occurrence, fields);
    }

    private static JsonNode read(Occurrence occurrence, List<String> fields) throws IOException {
        return JSON.readTree(Tickets.text(new WebhookBodies(NAMES, InstantSource.system()).of(occurrence, fields)));
    }

    private static String topic(EventType type) {
        return switch (type) {
            case CALL_STARTED, CALL_ANSWERED -> "live-calls";
            case PARTY_STATUS -> "party-events";
            default -> "calls";
        };
    }

    /** What the topology writes of a call. */
    private static String value(EventType type) {
        if (type == EventType.TEST) {
            return new String(DeliveryHeaders.test("sub-1", 1).value(), UTF_8);
        }
        try (TopologyKit kit = new TopologyKit()) {
            kit.receive(PhoneCall.call()
                            .inbound("+15550100002")
                            .answeredBy("104")
                            .hangUp())
                    .passUntilNothingWaits();
            return switch (topic(type)) {
                case "live-calls" -> kit.liveCalls().get(0).tree().toString();
                case "party-events" -> kit.partyEvents().get(0).tree().toString();
                default -> kit.emitted().get(0).json();
            };
        }
    }
}
