package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console over HTTP, without Kafka. */
class ConsoleServerIT {

    private static final String ALL = "o".repeat(32);
    private static final String OF_B = "b".repeat(32);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A number that only account A has. */
    private static final String SECRET_OF_A = "+15550100002";

    @TempDir
    private Path folder;

    private FilledConsole console;

    @BeforeEach
    void start() throws Exception {
        console = new FilledConsole(folder.resolve("tokens"), ALL + "=*," + OF_B + "=B");
        console.put(call("A", "s-a"));
        console.putLive(live("A", "s-live-a"));
        console.putWindow(window());
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void shouldAskForATokenOnEveryRoute() throws Exception {
        for (ConsoleRoute route : ConsoleRoute.values()) {
            for (String token : new @Nullable String[] {null, "", "x".repeat(32)}) {
                FilledConsole.Answer answer = console.send(route.method(), path(route, "s-a"), token, body(route));

                assertThat(answer.status()).as(route + " with " + token).isEqualTo(401);
                assertThat(answer.body()).doesNotContain(SECRET_OF_A);
            }
        }
    }

    @Test
    void shouldTellStrangersOnlyWhetherItIsReady() throws Exception {
        assertThat(console.get("/v1/health", null).json().toString()).isEqualTo("{\"ready\":true}");
        assertThat(console.get("/v1/health", "x".repeat(32)).json().toString()).isEqualTo("{\"ready\":true}");
        JsonNode ofB = console.get("/v1/health", OF_B).json();
        assertThat(ofB.path("calls").asInt(-1)).isZero();
        assertThat(ofB.path("live").asInt(-1)).isZero();
        JsonNode ofAll = console.get("/v1/health", ALL).json();
        assertThat(ofAll.path("calls").asInt()).isEqualTo(1);
        assertThat(ofAll.path("live").asInt()).isEqualTo(1);
    }

    @Test
    void shouldShowNothingOfAnotherAccount() throws Exception {
        for (String call : List.of("s-a", "s-live-a")) {
            for (ConsoleRoute route : ConsoleRoute.values()) {
                if (route == ConsoleRoute.EVENTS) {
                    continue;
                }
                for (String account : List.of("", "A")) {
                    String query = account.isEmpty() ? "" : "?account=" + account;
                    FilledConsole.Answer answer = console.send(
                            route.method(),
                            path(route, call) + query,
                            OF_B,
                            account.isEmpty() && body(route) != null ? "{}" : body(route));

                    assertThat(answer.body())
                            .as(route.path())
                            .doesNotContain(SECRET_OF_A, "s-a", "s-live-a", "\"A\"", "4711");
                    if (route.path().contains("{call}")) {
                        assertThat(answer.status()).isEqualTo(404);
                    }
                    if (route.isOfOperator()) {
                        assertThat(answer.status()).isEqualTo(403);
                    }
                }
            }
        }
        JsonNode ofB = console.get("/v1/me", OF_B).json();
        assertThat(ofB.path("knownAccounts")).isEmpty();
        assertThat(ofB.path("examples")).hasSize(1);
        assertThat(ofB.at("/examples/0/callId").asText()).isEqualTo("s-b");
        assertThat(console.get("/v1/calls/A/s-a", ALL).json().at("/call/callId").asText())
                .isEqualTo("s-a");
    }

    @Test
    void shouldShowCallsThatAreOverAndThatGoOn() throws Exception {
        JsonNode found = console.send("POST", "/v1/calls/search", ALL, "{\"text\":\"0100002\"}")
                .json();
        assertThat(found.at("/calls/0/from/label").asText()).isEqualTo("Caller 1 +15550100002");
        assertThat(found.path("next").isNull()).isTrue();
        assertThat(console.send("POST", "/v1/calls/search", ALL, "{\"outcome\":[\"missed\"]}")
                        .json()
                        .path("calls"))
                .isEmpty();
        assertThat(console.send("POST", "/v1/calls/statistics", ALL, "").json().toString())
                .isEqualTo("{\"calls\":1,\"answered\":1,\"missed\":0,\"abandoned\":0,\"voicemail\":0,\"partial\":0,"
                        + "\"averageTalkMs\":12414,\"averageWaitMs\":16061,\"longestWait\":{\"accountId\":\"A\","
                        + "\"callId\":\"s-a\",\"waitMs\":16061,\"label\":\"Caller 1 +15550100002\"}}");
        JsonNode page = console.get("/v1/calls/A/s-a", ALL).json();
        assertThat(page.path("lanes")).hasSize(3);
        assertThat(page.path("sentence").asText()).endsWith("answered by Agent 1");
        assertThat(console.get("/v1/live", ALL).json().at("/calls/0/callId").asText())
                .isEqualTo("s-live-a");
        JsonNode live = console.get("/v1/calls/A/s-live-a", ALL).json();
        assertThat(live.path("call").isNull()).isTrue();
        assertThat(live.at("/live/state").asText()).isEqualTo("ringing");
        assertThat(console.get("/v1/wallboard", ALL).json().path("today").isNull())
                .isTrue();
    }

    @Test
    void shouldExportWhatTheFilterMatches() throws Exception {
        FilledConsole.Answer csv = console.send("POST", "/v1/calls/export", ALL, "{\"format\":\"csv\"}");
        assertThat(csv.body().lines().toList()).hasSize(2);
        assertThat(csv.body()).startsWith("callId,accountId,");
        assertThat(csv.response().headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"calls.csv\"");
        String ndjson = console.send("POST", "/v1/calls/export", ALL, "{\"format\":\"ndjson\"}")
                .body();
        assertThat(JSON.readTree(ndjson)).isEqualTo(call("A", "s-a"));
    }

    @Test
    void shouldSayWhereACallWentThatIsPartOfAnotherOne() throws Exception {
        console.put(call("A", "s-part").put("status", "superseded").put("supersededBy", "s-a"));
        for (String what : List.of("", "/notifications", "/why")) {
            FilledConsole.Answer answer = console.get("/v1/calls/A/s-part" + what, ALL);

            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.json().at("/error/code").asText()).isEqualTo("superseded");
            assertThat(answer.json().at("/error/supersededBy").asText()).isEqualTo("s-a");
            assertThat(console.get("/v1/calls/A/s-part" + what, OF_B).status()).isEqualTo(404);
        }
    }

    @Test
    void shouldSayThatItDoesNotKnowWhereNotificationsAre() throws Exception {
        for (String what : List.of("notifications", "why")) {
            JsonNode answer = console.get("/v1/calls/A/s-a/" + what, ALL).json();

            assertThat(answer.path("complete").asBoolean(true)).isFalse();
            assertThat(answer.path("reason").asText()).isEqualTo("forgotten");
            assertThat(answer.path("missing").asText())
                    .isEqualTo("The console no longer knows where the notifications of this call are.");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithARequest() throws Exception {
        for (String body : List.of(
                "{",
                "[]",
                "{\"txt\":\"a\"}",
                "{\"from\":\"monday\"}",
                "{\"outcome\":\"missed\"}",
                "{\"cursor\":\"x\"}",
                "{\"limit\":-1}",
                "{\"direction\":\"up\"}")) {
            assertThat(console.send("POST", "/v1/calls/search", ALL, body).status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(console.send("POST", "/v1/calls/search", ALL, "x".repeat(70_000))
                        .status())
                .isEqualTo(413);
        assertThat(console.get("/v1/nothing", ALL).status()).isEqualTo(404);
        assertThat(console.get("/assets/..%2fapi%2fopenapi.json", ALL).status()).isNotEqualTo(200);
        console.fill(false);
        assertThat(console.get("/v1/live", ALL).status()).isEqualTo(503);
        assertThat(console.get("/v1/me", ALL).status()).isEqualTo(200);
    }

    @Test
    void shouldKeepBrowsersFromDoingWhatTheyShouldNot() throws Exception {
        for (String path : List.of("/v1/live", "/v1/health", "/v1/openapi.json", "/assets/nothing.js")) {
            var headers = console.get(path, ALL).response().headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
            assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
            assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    void shouldAnswerOnlyToThisMachineWithoutTokens() throws Exception {
        try (FilledConsole open = new FilledConsole(folder.resolve("open"), "")) {
            assertThat(open.get("/v1/me", null).json().path("open").asBoolean()).isTrue();
            URI address = open.at("/");
            assertThat(statusFor(address, "localhost:" + address.getPort())).isEqualTo(200);
            assertThat(statusFor(address, "calls.example.com")).isEqualTo(403);
            assertThat(statusFor(address, "127.0.0.1.example.com:" + address.getPort()))
                    .isEqualTo(403);
        }
    }

    private static int statusFor(URI address, String host) throws Exception {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            PrintWriter out = new PrintWriter(socket.getOutputStream(), false, StandardCharsets.UTF_8);
            out.print("GET /v1/me HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            out.flush();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return Integer.parseInt(in.readLine().split(" ", -1)[1]);
        }
    }

    private static String path(ConsoleRoute route, String call) {
        return route.path().replace("{account}", "A").replace("{call}", call).replace("{id}", call);
    }

    private static @Nullable String body(ConsoleRoute route) {
        return route.method().equals("POST") ? "{\"account\":\"A\"}" : null;
    }

    private static ObjectNode window() {
        return TestWindows.of(
                "A", "account", "A", "PT1H", "2026-03-12T14:00:00.000Z", "2026-03-12T15:00:00.000Z", 4711);
    }

    private static ObjectNode call(String account, String id) throws Exception {
        ObjectNode call =
                (ObjectNode) JSON.readTree(Path.of("docs/examples/call.json").toFile());
        return call.put("accountId", account).put("callId", id);
    }

    private static ObjectNode live(String account, String id) {
        ObjectNode live = JSON.createObjectNode()
                .put("accountId", account)
                .put("callId", id)
                .put("state", "ringing")
                .put("startTime", "2026-03-02T09:00:00.000Z");
        live.putObject("from").put("phoneNumber", SECRET_OF_A);
        live.putArray("sessions").add(id);
        return live;
    }
}
