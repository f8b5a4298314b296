package io.callweave.cli.role;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.deliver.DeliverApiSettings;
import io.callweave.console.api.ConsoleServer;
import io.callweave.console.app.ConsoleRole;
import io.callweave.deliver.api.ApiServer;
import io.callweave.deliver.app.DeliverOptions;
import io.callweave.deliver.app.DeliverRole;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.CloseStack;
import io.callweave.runtime.RunningRole;
import io.callweave.runtime.StreamsRole;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What all roles have in common over HTTP, at each address where one of them listens. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // for what would hang
class RolesIT {

    private static final String OVERRIDE = "X-HTTP-Method-Override";

    private static final String TOKEN = "o".repeat(32);

    /** More than a server has threads. */
    private static final int DRIPPING = 260;

    /** What differs in length from one moment to the next. */
    private static final Set<String> MOVING = Set.of(
            "/metrics", "/health/accounts", "/deliver/status", "/deliver/status/own", "/v1/engine", "/v1/health");

    @TempDir
    private static Path directory;

    private static final CloseStack OPENED = new CloseStack();
    private static final Map<Listener, String> ADDRESSES = new HashMap<>();

    /** An address where a role listens, what it answers, and what it says to a body that comes too slowly. */
    private enum Listener {
        STREAMS(404, "/topology"),
        BRIDGE(404, "/health/accounts"),
        DELIVER(404, "/deliver/status", "/deliver/status/own"),
        CONSOLE(404),
        WEBHOOKS(408, "/", "/webhooks/1"),
        DELIVER_API(408, described(ApiServer.class, "/v1/openapi.json", "/v1/absent")),
        CONSOLE_PAGE(
                408,
                described(
                        ConsoleServer.class,
                        "/",
                        "/assets/app.js",
                        "/assets/console.css",
                        "/assets/absent.js",
                        "/v1/openapi.json"));

        private final int tooSlow;
        private final List<String> paths;

        Listener(int tooSlow, String... paths) {
            this.tooSlow = tooSlow;
            this.paths = List.of(paths);
        }

        /** All paths of an API, and more. */
        private static String[] described(Class<?> api, String... more) {
            try (InputStream description = api.getResourceAsStream("openapi.json")) {
                List<String> all = new ArrayList<>(List.of(more));
                new ObjectMapper()
                        .readTree(description)
                        .path("paths")
                        .fieldNames()
                        .forEachRemaining(path -> all.add(path.replaceAll("\\{\\w+}", "x-1")));
                return all.toArray(String[]::new);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean isOfHealth() {
            return ordinal() <= CONSOLE.ordinal();
        }

        /** A path that takes a body, where there is one. */
        String post() {
            return switch (this) {
                case WEBHOOKS -> "/webhooks/1";
                case DELIVER_API -> "/v1/retry";
                case CONSOLE_PAGE -> "/v1/calls/search";
                default -> "/health/ready";
            };
        }

        Stream<String> answered() {
            return isOfHealth()
                    ? Stream.concat(
                            Stream.of("/", "/health/live", "/health/ready", "/metrics", "/absent"), paths.stream())
                    : paths.stream();
        }
    }

    private record Asked(Listener listener, String path, String token) {}

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        EmbeddedKafka kafka = OPENED.keep(EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka"))));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Topics.create(admin, TopicPlan.withPrefix("roles."), 1, (short) 1);
        }
        Path keys =
                Files.writeString(directory.resolve("keys"), Base64.getEncoder().encodeToString(new byte[32]));
        Settings settings = Settings.load(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", kafka.bootstrapServers()),
                        Map.entry("application.id", "roles"),
                        Map.entry("topics.prefix", "roles."),
                        Map.entry("state.dir", directory.resolve("state").toString()),
                        Map.entry("http.port", "0"),
                        Map.entry("bridge.spool.dir", directory.resolve("spool").toString()),
                        Map.entry("bridge.port", "0"),
                        Map.entry("bridge.accounts", "1"),
                        Map.entry("bridge.account-tokens", "1=" + TOKEN),
                        Map.entry("deliver.key-file", keys.toString()),
                        Map.entry("deliver.api-port", "0"),
                        Map.entry("deliver.api-tokens", TOKEN + "=*"),
                        Map.entry("deliver.api-rate", "10000"),
                        Map.entry("console.port", "0"),
                        Map.entry("console.tokens", TOKEN + "=*"),
                        Map.entry(
                                "console.data-dir", directory.resolve("console").toString())),
                Map.of(),
                Optional.empty());
        StreamsRole streams = add(Listener.STREAMS, StreamsRole.start(settings));
        BridgeRole bridge = add(Listener.BRIDGE, BridgeRole.start(settings));
        DeliverRole deliver = add(
                Listener.DELIVER,
                DeliverRole.start(DeliverOptions.of(settings, Map.of(), DeliverApiSettings.of(settings))));
        ConsoleRole console = add(Listener.CONSOLE, ConsoleRole.start(settings));
        ADDRESSES.put(Listener.WEBHOOKS, offer(bridge));
        ADDRESSES.put(Listener.DELIVER_API, offer(deliver));
        ADDRESSES.put(Listener.CONSOLE_PAGE, offer(console));
        assertThat(streams.awaitRunning()).isTrue();
        assertThat(deliver.awaitRunning()).isTrue();
        await().atMost(Installation.PATIENCE).until(console::isReady);
    }

    private static <T extends RunningRole> T add(Listener listener, T role) {
        ADDRESSES.put(listener, role.httpAddress());
        return OPENED.keep(role);
    }

    private static String offer(RunningRole role) {
        String line = role.offers().get(0);
        return line.substring(line.indexOf("http://"));
    }

    @AfterAll
    static void stop() {
        OPENED.close();
    }

    private static Stream<Asked> asked() {
        return Stream.of(Listener.values())
                .flatMap(listener -> listener.answered()
                        .flatMap(path -> Stream.of(TOKEN, "").map(token -> new Asked(listener, path, token))));
    }

    /** Also with a header by which Javalin would take another method, which then is none that anybody checked. */
    @ParameterizedTest
    @MethodSource("asked")
    void shouldAnswerHeadAsGetWithoutTheBody(Asked asked) throws Exception {
        HttpResponse<InputStream> get = send(request("GET", asked).header(OVERRIDE, "DELETE"));
        get.body().close(); // that of events has no end

        HttpResponse<InputStream> head = send(request("HEAD", asked));

        try (InputStream none = head.body()) {
            assertThat(head.statusCode()).isEqualTo(get.statusCode());
            assertThat(headers(head, asked)).isEqualTo(headers(get, asked));
            assertThat(none.readAllBytes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Listener.class,
            names = {"STREAMS", "BRIDGE", "DELIVER", "CONSOLE"})
    void shouldShowHealthAndMetricsOfEveryRoleInTheSameForm(Listener role) throws Exception {
        Map<String, HttpResponse<String>> answers = new TreeMap<>();
        for (String path : role.answered().toList()) {
            answers.put(path, client.send(request("GET", role, path, "").build(), BodyHandlers.ofString()));
        }

        assertThat(answers.get("/health/ready").body())
                .isEqualTo("{\"status\":\"up\",\"live\":true,\"ready\":true,\"state\":\"RUNNING\"}");
        assertThat(answers.get("/health/live").body())
                .isEqualTo(answers.get("/health/ready").body());
        assertThat(answers.get("/metrics").body()).contains("\njvm_memory_used_bytes{");
        assertThat(answers.get("/absent").statusCode()).isEqualTo(404);
        for (String path : role.answered().toList()) {
            if (!path.equals("/absent") && !path.equals("/")) {
                assertThat(answers.get("/").body()).contains(">" + path + "</a>");
            }
        }
    }

    /** For a stranger that has had an answer, a server would wait for the next request for half a minute. */
    @Test
    @Tag("full")
    void shouldLetOthersInWhileAThousandWhoHadAnAnswerAreIdle() throws Exception {
        URI address = URI.create(ADDRESSES.get(Listener.CONSOLE_PAGE));
        try (CloseStack opened = new CloseStack()) {
            for (int i = 0; i < 1_000; i++) {
                Socket idle = opened.keep(new Socket(address.getHost(), address.getPort()));
                drip(idle, "GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(idle.getInputStream().read()).isEqualTo('H');
            }

            HttpResponse<Void> other = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address.resolve("/v1/health"))
                                    .timeout(Duration.ofSeconds(15))
                                    .build(),
                            BodyHandlers.discarding());

            assertThat(other.statusCode()).isEqualTo(200);
        }
    }

    /** However many other instances there are, and however the topic is read. */
    @Test
    void shouldShowSubscriptionsAsTheRequestBeforeLeftThem() throws Exception {
        for (int i = 0; i < 20; i++) {
            String draft = "{\"url\":\"https://crm.example.com/" + i + "\",\"account\":\"1\"}";
            HttpResponse<String> created = send("POST", "/v1/subscriptions", draft);
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            String path = "/v1/subscriptions/"
                    + new ObjectMapper()
                            .readTree(created.body())
                            .at("/subscription/id")
                            .asText();

            assertThat(send("GET", path, "").statusCode()).isEqualTo(200);
            assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
            assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(ADDRESSES.get(Listener.DELIVER_API) + path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + TOKEN)
                        .build(),
                BodyHandlers.ofString());
    }

    /** Each holds a connection, and none holds a thread. */
    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void shouldAnswerOthersWhileBodiesDripAndEndThemInTime(Listener listener) throws Exception {
        URI address = URI.create(ADDRESSES.get(listener));
        List<Socket> sockets = new ArrayList<>();
        try (CloseStack dripping = new CloseStack()) {
            for (int i = 0; i < DRIPPING; i++) {
                Socket socket = dripping.keep(new Socket(address.getHost(), address.getPort()));
                drip(
                        socket,
                        "POST " + listener.post() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                                + "\r\nVerification-Token: " + TOKEN
                                + "\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n{");
                sockets.add(socket);
            }

            int answer = send(request(
                            "GET",
                            new Asked(listener, listener.answered().findFirst().orElseThrow(), TOKEN)))
                    .statusCode();

            Socket last = sockets.get(DRIPPING - 1);
            if (listener != Listener.WEBHOOKS) { // whose time for a body is shorter than a slow machine takes
                assertThat(last.getInputStream().available()).isZero();
            }
            assertThat(answer).isLessThan(500);
            assertThat(statusOf(last)).isEqualTo(listener.tooSlow);
        }
    }

    /** Sends a byte from time to time until it is answered. */
    private static int statusOf(Socket socket) throws Exception {
        while (socket.getInputStream().available() == 0) {
            drip(socket, " ");
            Thread.sleep(200);
        }
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
        return Integer.parseInt(line.split(" ")[1]);
    }

    private static void drip(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(US_ASCII));
        out.flush();
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    private static HttpRequest.Builder request(String method, Asked asked) {
        return request(method, asked.listener(), asked.path(), asked.token());
    }

    private static HttpRequest.Builder request(String method, Listener listener, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ADDRESSES.get(listener) + path))
                .method(method, BodyPublishers.noBody());
        if (path.equals("/v1/events")) {
            request.header("Accept", "text/event-stream");
        }
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Without what differs between two answers to the same request. */
    private static Map<String, List<String>> headers(HttpResponse<?> response, Asked asked) {
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.computeIfPresent("date", (same, value) -> List.of());
        if (MOVING.contains(asked.path())) {
            headers.computeIfPresent("content-length", (same, value) -> List.of());
        }
        return headers;
    }
}
