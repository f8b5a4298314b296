package io.callweave.cli.console;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.role.Installation;
import io.callweave.console.api.ConsoleRoute;
import io.callweave.console.app.ConsoleRole;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.Settings;
import io.callweave.simulation.phonecall.PhoneCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A console beside the whole product. */
class ConsoleIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = "o".repeat(32);
    private static final String OF_ACCOUNT = "a".repeat(32);
    private static final String OF_NOBODY = "n".repeat(32);
    private static final String CALLER = "+15550100002";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldShowALiveCallThenTheSameCallInTheListAndAgainAfterARestart() throws Exception {
        PhoneCall call = call().inbound(CALLER).answeredBy("104").hangUp();
        List<String> lines = call.lines();
        String id = JSON.readTree(lines.get(0)).at("/body/telephonySessionId").asText();
        String account =
                JSON.readTree(lines.get(0)).at("/body/parties/0/accountId").asText();
        Set<String> heard = ConcurrentHashMap.newKeySet();
        try (Installation product = Installation.create(kafka, directory, "shown", Map.of())) {
            var unused = product.startAndAwait("one");
            try (ConsoleRole console = ConsoleRole.start(settings("shown"))) {
                awaitReady(console);
                Thread events = new Thread(() -> listen(console, heard), "events");
                events.setDaemon(true);
                events.start();

                product.accept(lines.subList(0, lines.size() - 2));
                await().untilAsserted(() -> assertThat(get(console, "/v1/live", ALL)
                                .at("/calls/0/callId")
                                .asText())
                        .isEqualTo(id));
                await().until(() -> heard.contains("event: live"));

                product.accept(lines.subList(lines.size() - 2, lines.size()));
                await().untilAsserted(() -> assertThat(
                                search(console).at("/calls/0/callId").asText())
                        .isEqualTo(id));
                await().until(() -> heard.containsAll(Set.of("event: over", "event: call")));
                await().untilAsserted(() ->
                        assertThat(get(console, "/v1/live", ALL).path("calls")).isEmpty());

                String path = "/v1/calls/" + account + "/" + id;
                assertThat(get(console, path, ALL).path("sentence").asText()).startsWith(CALLER);
                await().untilAsserted(() -> assertThat(
                                get(console, path + "/notifications", ALL).path("notifications"))
                        .hasSize(lines.size()));
                // Of offsets, one could tell how many notifications other accounts have.
                JsonNode ofAccount = get(console, path + "/notifications", OF_ACCOUNT);
                assertThat(ofAccount.path("notifications")).hasSize(lines.size());
                assertThat(ofAccount.findValues("partition")).isEmpty();
                assertThat(ofAccount.findValues("offset")).isEmpty();
                assertThat(get(console, path + "/notifications", ALL).findValues("offset"))
                        .hasSize(lines.size());
                JsonNode lanes = get(console, path + "/notifications", ALL).path("lanes");
                assertThat(lanes).hasSameSizeAs(get(console, path, ALL).path("lanes"));
                assertThat(lanes.findValues("sequence")).isNotEmpty().allMatch(JsonNode::isNumber);
                assertThat(get(console, path + "/why", ALL).path("text").asText())
                        .startsWith("CALL " + id + " of account " + account)
                        .contains("In the end it is complete");
                for (String evidence : List.of("/notifications", "/why")) {
                    JsonNode answer = get(console, path + evidence, ALL);
                    assertThat(answer.path("complete").asBoolean())
                            .as(answer.toString())
                            .isTrue();
                    assertThat(answer.path("missing").isNull()).isTrue();
                }
                JsonNode times = get(console, "/v1/times/" + id, ALL);
                assertThat(times.at("/received/first").asText()).isNotEmpty();
                assertThat(times.at("/emitted/first").asText())
                        .isGreaterThanOrEqualTo(times.at("/received/last").asText());
                assertThat(explained(console, id))
                        .contains("In the end it is complete", "ON THE TOPICS", "It counts in the windows")
                        .doesNotContain("searched");
                await().untilAsserted(() -> assertThat(get(console, "/v1/engine", ALL)
                                .at("/clock/lagMs")
                                .asLong(-1))
                        .as("all is processed")
                        .isZero());
                await().untilAsserted(
                                () -> assertThat(get(console, "/v1/engine", ALL).path("groups"))
                                        .isNotEmpty());
                for (ConsoleRoute route : ConsoleRoute.values()) {
                    assertThat(foreign(console, route, account, id))
                            .as(route.path())
                            .doesNotContain(id, CALLER, "\"" + account + "\"");
                }
            }
            try (ConsoleRole again = ConsoleRole.start(settings("shown"))) {
                awaitReady(again);
                // Ids of another start say nothing to this one: who listened must ask for everything.
                assertThat(firstEventAfter(again, anyId(heard))).isEqualTo("event: reset");
                assertThat(search(again).at("/calls/0/callId").asText()).isEqualTo(id);
            }
        }
    }

    @Test
    void shouldNotStartWhereOthersCouldLookOrTopicsAreMissing() {
        Map<String, String> open = new HashMap<>(options("nothing"));
        open.remove("console.tokens");
        open.put("console.host", "0.0.0.0");
        assertThatThrownBy(() -> ConsoleRole.start(Settings.load(open, Map.of(), Optional.empty())))
                .isInstanceOf(OperationsException.class)
                .hasMessage("console.host is 0.0.0.0, which others can reach: set console.tokens or"
                        + " console.access-file.");
        assertThatThrownBy(() -> ConsoleRole.start(settings("nothing")))
                .isInstanceOf(OperationsException.class)
                .hasMessageContaining("nothing.live-calls")
                .hasMessageContaining("callweave topics create");
        assertThat(Files.exists(directory.resolve("nothing").resolve("console.db")))
                .isFalse();
    }

    /** What the command says of a call that the console has to find. */
    private static String explained(ConsoleRole console, String id) throws Exception {
        CommandProcess explain = CommandProcess.run(
                Map.of("CONSOLE_TOKEN", ALL),
                null,
                "explain",
                "--call=" + id,
                "--console=" + console.address(),
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--topics-prefix=shown.");
        return explain.out() + explain.err();
    }

    private static void awaitReady(ConsoleRole console) {
        await().until(console::isReady);
    }

    /** What a token of no account of these gets. Events end only with the console. */
    private String foreign(ConsoleRole console, ConsoleRoute route, String account, String id) throws Exception {
        if (route == ConsoleRoute.EVENTS) {
            return "";
        }
        String path =
                route.path().replace("{account}", account).replace("{call}", id).replace("{id}", id) + "?account="
                        + account;
        return send(console, route.method(), path, OF_NOBODY, route.method().equals("POST") ? "{}" : null);
    }

    private void listen(ConsoleRole console, Set<String> heard) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console.address() + "/v1/events"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + ALL)
                .build();
        try {
            client.send(request, BodyHandlers.ofLines()).body().forEach(heard::add);
        } catch (IOException | RuntimeException closed) {
            // The console has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String anyId(Set<String> heard) {
        return heard.stream()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring("id: ".length()))
                .findAny()
                .orElseThrow();
    }

    private String firstEventAfter(ConsoleRole console, String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console.address() + "/v1/events"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + ALL)
                .header("Last-Event-ID", id)
                .build();
        try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("event: ")).findFirst().orElseThrow();
        }
    }

    private JsonNode search(ConsoleRole console) throws Exception {
        return JSON.readTree(send(console, "POST", "/v1/calls/search", ALL, "{}"));
    }

    private JsonNode get(ConsoleRole console, String path, String token) throws Exception {
        return JSON.readTree(send(console, "GET", path, token, null));
    }

    private String send(ConsoleRole console, String method, String path, String token, @Nullable String body)
            throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(console.address() + path))
                                .header("Authorization", "Bearer " + token)
                                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static Settings settings(String name) {
        return Settings.load(options(name), Map.of(), Optional.empty());
    }

    private static Map<String, String> options(String name) {
        return Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "application.id",
                name,
                "topics.prefix",
                name + ".",
                "console.port",
                "0",
                "http.port",
                "0",
                "console.data-dir",
                directory.resolve(name).toString(),
                "console.tokens",
                ALL + "=*," + OF_NOBODY + "=nobody," + OF_ACCOUNT + "=" + ConsoleAtWork.ACCOUNT.id());
    }
}
