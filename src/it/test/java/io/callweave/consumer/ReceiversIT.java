package io.callweave.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.callweave.testcalls.ExampleCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The webhook receivers of docs/calls.md verify and keep what is posted to them. */
@Tag("programs")
class ReceiversIT {

    private static final String SECRET = secret("the key of the receiver that is tested");

    private final HttpClient http = HttpClient.newHttpClient();

    enum Language {
        JAVA,
        NODE
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheNewestRecordOfEachCallAndRefuseForgedAndOldWebhooks(Language language) throws Exception {
        List<ConsumerRecord<String, String>> emitted = Emissions.of(
                ExampleCalls.lines().getOrDefault("late-link", List.of()), 7, new SplittableRandom(1), 20_000);
        try (ExampleProgram receiver = start(language)) {
            URI address = address(receiver);
            String call = "{\"accountId\":\"1\",\"callId\":\"s-1\",\"epoch\":0,\"revision\":1,\"status\":\"complete\"}";
            assertThat(post(address, secret("another key, of somebody else"), Instant.now(), call))
                    .isEqualTo(401);
            assertThat(post(address, SECRET, Instant.now().minus(Duration.ofHours(1)), call))
                    .isEqualTo(401);
            assertThat(post(address, SECRET, Instant.now(), "{\"type\":\"callweave.test\",\"data\":{}}"))
                    .isEqualTo(204);
            assertThat(post(address, SECRET, Instant.now(), PrintedCalls.STEERING))
                    .isEqualTo(204);

            for (ConsumerRecord<String, String> record : Emissions.asRead(emitted, new SplittableRandom(2))) {
                assertThat(post(address, SECRET, Instant.now(), record.value())).isEqualTo(204);
            }
            String first = emitted.get(0).value();
            String inEnvelope = "{\"type\":\"call.updated\",\"timestamp\":\"2026-11-21T08:00:00Z\",\"data\":"
                    + first.replaceFirst("\"revision\":\\d+", "\"revision\":99") + "}";
            assertThat(post(address, SECRET, Instant.now(), inEnvelope)).isEqualTo(204);

            PrintedCalls printed = new PrintedCalls(receiver);
            Map<String, String> newest = PrintedCalls.newest(emitted);
            newest.put(emitted.get(0).key(), PrintedCalls.line(first, 99));
            await().untilAsserted(() -> assertThat(printed.last()).isEqualTo(newest));
            assertThat(receiver.lines()).noneMatch(line -> line.matches(".*\\p{C}.*"));
        }
    }

    private static ExampleProgram start(Language language) throws Exception {
        Map<String, String> environment = Map.of("WEBHOOK_SECRET", SECRET);
        return switch (language) {
            case JAVA -> ExampleProgram.java("Receiver", environment, "0");
            case NODE -> ExampleProgram.node("receiver.js", environment, "0");
        };
    }

    private static URI address(ExampleProgram receiver) {
        await().until(() -> !addresses(receiver).isEmpty() || !receiver.isRunning());
        return URI.create(addresses(receiver).get(0));
    }

    private static List<String> addresses(ExampleProgram receiver) {
        return receiver.lines().stream()
                .filter(line -> line.startsWith("http://"))
                .toList();
    }

    private int post(URI address, String secret, Instant time, String body) throws Exception {
        String id = "call_" + body.hashCode();
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(time.getEpochSecond()))
                .header("webhook-signature", new Webhook(secret).sign(id, time.getEpochSecond(), body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String secret(String key) {
        return "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
    }
}
