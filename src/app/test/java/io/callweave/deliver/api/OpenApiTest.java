package io.callweave.deliver.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.deliver.EventType;
import io.callweave.deliver.subscription.BodyShape;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.Subscriptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the description of the API says is what the API does. */
class OpenApiTest {

    private static JsonNode description;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = ApiServer.class.getResourceAsStream("openapi.json")) {
            description = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        Map<String, String> described = new TreeMap<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(each -> {
                    if (!each.getKey().equals("parameters")) {
                        described.put(
                                each.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                each.getValue().path("operationId").asText());
                    }
                }));
        Map<String, String> served = new TreeMap<>();
        for (ApiRoute route : ApiRoute.values()) {
            served.put(route.method() + " " + route.path(), route.name().toLowerCase(Locale.ROOT));
        }

        assertThat(described).isEqualTo(served);
    }

    @Test
    void shouldDescribeWhatIsShownOfASubscription() {
        JsonNode shown = SubscriptionJson.shown(Subscriptions.to("sub-1", "https://example.com/secret"));

        assertThat(members(shown)).isEqualTo(members(schema("Subscription").path("properties")));
        assertThat(members(shown.path("filter")))
                .isEqualTo(members(schema("Filter").path("properties")));
        assertThat(words(schema("Subscription").at("/properties/state/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SubscriptionState.values())
                        .map(SubscriptionState::wireName)
                        .toList());
        assertThat(words(schema("Draft").at("/properties/events/items/enum")))
                .containsExactlyInAnyOrderElementsOf(
                        EventType.selectable().stream().map(EventType::wireName).toList());
        assertThat(words(schema("Draft").at("/properties/shape/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(BodyShape.values())
                        .map(BodyShape::wireName)
                        .toList());
    }

    @Test
    void shouldTakeEveryMemberThatIsDescribed() {
        String draft = "{\"url\":\"https://example.com\",\"account\":\"1\",\"events\":[\"call.started\"],\"filter\":"
                + "{\"directions\":[\"Inbound\"],\"results\":[],\"queues\":[\"1\"],\"extensions\":[],\"numbers\":[],"
                + "\"minTalkMs\":5},\"shape\":\"record\",\"fields\":[\"callId\"],\"waitFor\":[\"recording\"],\"waitAtMostMs\":60000,\"secret\":\"file:a\",\"test\":false}";
        String retry = "{\"subscription\":\"a\",\"call\":\"s-1\",\"since\":\"2026-11-20T08:00:00Z\","
                + "\"until\":\"2026-11-20T08:00:00Z\",\"all\":true,\"dryRun\":true}";
        String rotation = "{\"secret\":\"file:a\",\"overlap\":\"1h\"}";

        assertThat(ApiRequests.draft(bytes(draft)).filter().minTalkMs()).isEqualTo(5);
        assertThat(ApiRequests.retry(bytes(retry)).dryRun()).isTrue();
        assertThat(ApiRequests.rotation(bytes(rotation)).overlap()).hasHours(1);
        assertThatCode(() -> ApiRequests.rotation(new byte[0])).doesNotThrowAnyException();
        for (var each :
                Map.of("Draft", draft, "Retry", retry, "Rotation", rotation).entrySet()) {
            assertThat(members(parsed(each.getValue())))
                    .as(each.getKey())
                    .isEqualTo(members(schema(each.getKey()).path("properties")));
        }
    }

    @Test
    void shouldRefuseAMisspeltMember() {
        assertThatThrownBy(() -> ApiRequests.draft(bytes("{\"url\":\"https://a.example\",\"acount\":\"1\"}")))
                .hasMessage("There is no member acount.");
        for (String nothing : List.of("{}", "{\"since\": null, \"call\": null}")) {
            assertThatThrownBy(() -> ApiRequests.retry(bytes(nothing)))
                    .hasMessageStartingWith("Say what to deliver again");
        }
        assertThatThrownBy(() -> ApiRequests.draft(bytes("[1"))).hasMessage("The body is not JSON.");
    }

    private static JsonNode schema(String name) {
        return description.at("/components/schemas/" + name);
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> members(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> words(JsonNode array) {
        Set<String> words = new TreeSet<>();
        StreamSupport.stream(array.spliterator(), false).forEach(each -> words.add(each.asText()));
        return words;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
