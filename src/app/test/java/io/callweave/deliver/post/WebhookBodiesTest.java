package io.callweave.deliver.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Version;
import io.callweave.directory.DirectoryEntry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookBodiesTest {

    private Instant now = Instant.EPOCH;
    private String name = "Ann";
    private int lookups;
    private final WebhookBodies bodies = new WebhookBodies(
            (account, extension) -> {
                lookups++;
                return new DirectoryEntry(account, extension, name, "user", null, null, null);
            },
            () -> now);

    @Test
    void shouldPostTheSelectedFieldsByteForByte() {
        Occurrence call = call(
                "{\"callId\": \"s-1\", \"a\":{\"b\" : [1.50, \"}\\u00e9\"]}, \"n\":-1.0e5 ,\"t\":\"Zo\u00eb\",\"z\":null }");

        assertThat(data(call, List.of("z", "n", "none", "a", "t", "a", "callId")))
                .isEqualTo(
                        "{\"z\":null,\"n\":-1.0e5,\"a\":{\"b\" : [1.50, \"}\\u00e9\"]},\"t\":\"Zo\u00eb\",\"callId\":\"s-1\"}");
        assertThat(data(call, List.of("none"))).isEqualTo("{}");
    }

    @Test
    void shouldAddTheNamesOfExtensions() {
        Occurrence call = call("{\"accountId\":\"1\",\"extensionId\":\"7\"}");
        String extensions =
                "\"extensions\":[{\"extensionId\":\"7\",\"name\":\"Ann\",\"type\":\"user\",\"site\":null,\"department\":null}]";

        assertThat(data(call, List.of())).isEqualTo("{\"accountId\":\"1\",\"extensionId\":\"7\"," + extensions + "}");
        assertThat(data(call, List.of("extensions", "accountId")))
                .isEqualTo("{" + extensions + ",\"accountId\":\"1\"}");
    }

    /** Of a hundred subscriptions, each would take as long as the first. */
    @Test
    void shouldLookAtAValueOnceForAllSubscriptions() {
        Occurrence call = call("{\"accountId\":\"1\",\"extensionId\":\"7\"}");
        data(call, List.of());
        int once = lookups;
        data(call, List.of("extensions"));
        data(call, List.of());

        assertThat(once).isPositive();
        assertThat(lookups).isEqualTo(once);
    }

    @Test
    void shouldPostTheNewNameInALaterAttempt() {
        Occurrence call = call("{\"accountId\":\"1\",\"extensionId\":\"7\"}");
        assertThat(data(call, List.of())).contains("\"Ann\"");
        name = "Bea";
        now = now.plus(Duration.ofSeconds(5));

        assertThat(data(call, List.of())).contains("\"Bea\"").doesNotContain("Ann");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200_000})
    void shouldPostALargeValueAsASmallOne(int size) {
        String value = "{\"accountId\":\"1\",\"text\":\"" + "x".repeat(size) + "\"}";

        assertThat(data(call(value), List.of())).isEqualTo(value);
        assertThat(data(call(value), List.of("text"))).isEqualTo("{\"text\":\"" + "x".repeat(size) + "\"}");
    }

    private String data(Occurrence occurrence, List<String> selected) {
        List<ByteBuffer> body = bodies.of(occurrence, selected);
        String text = Tickets.text(body);
        String head = "{\"type\":\"call.completed\",\"timestamp\":\"1970-01-01T00:00:01.000Z\",\"data\":";
        assertThat(text).startsWith(head).endsWith("}");
        return text.substring(head.length(), text.length() - 1);
    }

    private static Occurrence call(String value) {
        return new Occurrence(
                EventType.CALL_COMPLETED, "1", "1/s-1", new Version(1, 1, 0), "id", 1_000, value.getBytes(UTF_8));
    }
}
