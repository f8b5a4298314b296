package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.record.CallOutcome;
import io.callweave.console.store.ListOrder;
import io.callweave.console.view.CallRow;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the description of the API says is what the API does. */
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode description;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = ConsoleServer.class.getResourceAsStream("openapi.json")) {
            description = JSON.readTree(in);
        }
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        Map<String, String> described = new TreeMap<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(each -> described.put(
                                each.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                each.getValue().path("operationId").asText())));
        Map<String, String> served = new TreeMap<>(Map.of("GET /v1/health", "health"));
        for (ConsoleRoute route : ConsoleRoute.values()) {
            served.put(route.method() + " " + route.path(), route.name().toLowerCase(Locale.ROOT));
        }

        assertThat(described).isEqualTo(served);
    }

    @Test
    void shouldDescribeARow() throws IOException {
        JsonNode call = JSON.readTree(Path.of("docs/examples/call.json").toFile());

        assertThat(members(CallRow.of(RecordedCall.of(call), DirectoryLookup.EMPTY)))
                .isEqualTo(members(schema("Row")));
        Set<String> outcomes = new TreeSet<>();
        schema("Filter").at("/outcome/items/enum").forEach(each -> outcomes.add(each.asText()));
        assertThat(outcomes).containsExactlyInAnyOrderElementsOf(CallOutcome.words());
    }

    @Test
    void shouldTakeEveryMemberThatIsDescribed() {
        String body =
                "{\"account\":\"1\",\"from\":\"2026-11-20T08:00:00Z\",\"to\":null,\"fromDay\":\"today-6\",\"toDay\":\"2026-11-20\",\"text\":\"+1 555\","
                        + "\"extension\":\"104\",\"queue\":\"50\",\"queueOutcome\":\"overflow\",\"direction\":\"Inbound\",\"outcome\":[\"missed\"],"
                        + "\"status\":\"partial\",\"minTalkMs\":5,\"transferred\":true,\"artifact\":\"voicemail\",\"limit\":7,\"sort\":\"wait\",\"cursor\":null,"
                        + "\"format\":\"ndjson\"}";

        Requests.Asked asked = Requests.asked(body.getBytes(StandardCharsets.UTF_8));

        assertThat(asked.limit()).isEqualTo(7);
        assertThat(asked.order()).isEqualTo(ListOrder.WAIT);
        assertThat(asked.filter().outcomes()).containsExactly("missed");
        assertThat(asked.filter().queue()).isEqualTo("50=overflow");
        assertThat(members(schema("Filter"))).hasSize(19);
    }

    private static JsonNode schema(String name) {
        return description.path("components").path("schemas").path(name).path("properties");
    }

    private static Set<String> members(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
