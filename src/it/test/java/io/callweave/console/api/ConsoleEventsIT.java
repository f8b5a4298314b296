package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.ChangeListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream of changes over HTTP, without Kafka. */
@Tag("full")
class ConsoleEventsIT {

    private static final String ALL = "o".repeat(32);
    private static final String OF_B = "b".repeat(32);
    private static final String ALSO_OF_B = "c".repeat(32);
    private static final String TOKENS = ALL + "=*," + OF_B + "=B," + ALSO_OF_B + "=B";

    @TempDir
    private Path folder;

    private FilledConsole console;

    @BeforeEach
    void start() {
        console = new FilledConsole(folder, TOKENS);
    }

    /** Nothing goes on for those that went away. */
    @AfterEach
    void stop() {
        console.close();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("console-events")));
    }

    @Test
    void shouldTellWhatChangesAndGoOnWhereAClientStopped() throws Exception {
        List<String> heard;
        try (Stream<String> lines = events(ALL, null)) {
            Iterator<String> reading = lines.iterator();
            assertThat(reading.next()).isEqualTo(": connected");
            console.changes().tell("call", "A", "{\"callId\":\"one\"}");
            heard = event(reading);
        }
        assertThat(heard).hasSize(3).contains("event: call", "data: {\"callId\":\"one\"}");
        console.changes().tell("over", "A", "{\"callId\":\"two\"}");

        try (Stream<String> lines = events(ALL, id(heard))) {
            assertThat(event(lines.iterator())).contains("event: over", "data: {\"callId\":\"two\"}");
        }
    }

    @Test
    void shouldTellNothingOfAnotherAccount() throws Exception {
        console.changes().tell("windows", null, "{}");
        String before = console.changes().newest();
        console.changes().tell("call", "A", "{\"callId\":\"of A\"}");
        console.changes().tell("call", "B", "{\"callId\":\"of B\"}");

        for (String query : List.of("", "?account=A", "?after=" + before)) {
            try (Stream<String> lines = events(OF_B, query.contains("after") ? null : before, query)) {
                Iterator<String> reading = lines.iterator();
                assertThat(event(reading)).contains("data: {\"callId\":\"of B\"}");
                for (String type : List.of("live", "over", "call")) {
                    console.changes().tell(type, "A", "{\"callId\":\"of A\"}");
                }
                console.changes().tell("windows", null, "{}");
                assertThat(event(reading)).contains("event: windows");
            }
        }
    }

    @Test
    void shouldSayToThoseWhoListenedBeforeARestartThatTheyMustAskAgain() throws Exception {
        String heard;
        try (Stream<String> lines = events(ALL, null)) {
            Iterator<String> reading = lines.iterator();
            reading.next();
            console.changes().tell("call", "A", "{}");
            heard = id(event(reading));
            console.close();
            assertThat(reading).as("the end of the stream").toIterable().allMatch(String::isEmpty);
        }
        console = new FilledConsole(folder, TOKENS);
        console.changes().tell("call", "A", "{}");

        try (Stream<String> lines = events(ALL, heard)) {
            Iterator<String> reading = lines.iterator();
            List<String> first = event(reading);
            assertThat(first).contains("event: reset").doesNotContain("id: " + heard);
            console.changes().tell("over", "A", "{}");
            assertThat(event(reading)).contains("event: over");
        }
    }

    /** Pages connect again at once. What Jetty says of connections that it ends does not count. */
    @Test
    void shouldLogNoErrorOfClientsThatComeWhileItStops() throws Exception {
        try (ServerLog log = new ServerLog()) {
            for (int i = 0; i < 10; i++) {
                comeAgainWhileItStops(new FilledConsole(folder.resolve("stops-" + i), ""));
            }

            assertThat(log.lines(Level.ERROR)).isEmpty();
        }
    }

    private static void comeAgainWhileItStops(FilledConsole stopping) {
        InetSocketAddress address = new InetSocketAddress(
                stopping.at("/").getHost(), stopping.at("/").getPort());
        AtomicInteger heard = new AtomicInteger();
        AtomicBoolean isOver = new AtomicBoolean();
        List<CompletableFuture<Void>> clients = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> {
                            while (!isOver.get()) {
                                listenBriefly(address);
                                heard.incrementAndGet();
                            }
                        },
                        task -> new Thread(task).start()))
                .limit(20)
                .toList();
        await().until(() -> heard.get() > 100);
        stopping.close();
        isOver.set(true);
        clients.forEach(CompletableFuture::join);
    }

    private static void listenBriefly(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(1_000); // nobody answers what is accepted at the last moment
            socket.connect(address);
            socket.getOutputStream()
                    .write("GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            int unused = socket.getInputStream().read();
        } catch (IOException stopped) {
            // As it has to be.
        }
    }

    /** More than it has connections. */
    @Test
    void shouldGiveBackTheConnectionsOfClientsThatLeave() throws Exception {
        try (FilledConsole open = new FilledConsole(folder.resolve("left"), "")) {
            InetSocketAddress address =
                    new InetSocketAddress(open.at("/").getHost(), open.at("/").getPort());
            for (int i = 0; i < 1_300; i++) {
                while (open.changes().isFull()) {
                    Thread.sleep(1);
                }
                listenBriefly(address);
                // Those who left are noticed by writing to them.
                open.changes().tell("over", "A", "{}");
            }

            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(open.at("/v1/health"))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseMoreListenersThanItCanServe() throws Exception {
        List<ChangeListener> listeners = new ArrayList<>();
        while (!console.changes().isFull()) {
            listeners.add(console.changes().listen(AccountScope.OPERATOR, null));
        }

        HttpResponse<String> refused = connect(ALL);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"full\"", "as the console can serve");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        listeners.get(0).close();
        try (Stream<String> lines = events(ALL, null)) {
            assertThat(lines.iterator().next()).isEqualTo(": connected");
        }
    }

    @Test
    void shouldMakeRoomForOthersIfOneAccountHasAllPlaces() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; !console.changes().isFull(); i++) {
                sockets.add(silent(console, i % 2 == 0 ? OF_B : ALSO_OF_B));
                int open = sockets.size();
                await().until(() -> console.changes().listeners() == open);
            }

            assertThat(connect(OF_B).statusCode()).isEqualTo(503);
            try (Stream<String> lines = events(ALL, null)) {
                assertThat(lines.iterator().next()).isEqualTo(": connected");
                assertThat(connect(ALSO_OF_B).statusCode()).isEqualTo(503);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void shouldLetEveryoneOnThisMachineListenWithoutTokens() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (FilledConsole open = new FilledConsole(folder.resolve("open"), "")) {
            for (int i = 0; i < 260; i++) {
                sockets.add(silent(open, ALL));
            }

            await().until(() -> open.changes().listeners() == 260);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void shouldSayHowToListen() throws Exception {
        for (String accepted : List.of("*/*", "application/json")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(console.at("/v1/events"))
                                    .header("Authorization", "Bearer " + ALL)
                                    .header("Accept", accepted)
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(406);
            assertThat(answer.body()).contains("Accept: text/event-stream");
        }
        assertThat(console.get("/v1/events", ALL).status()).isEqualTo(406);
        assertThat(console.changes().listeners()).isZero();
    }

    /** Else who asks so often whether the console is there would take all places. */
    @Test
    void shouldAnswerHeadAsGetWithoutListening() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(console.at("/v1/events"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + ALL);
        HttpResponse<Void> head = HttpClient.newHttpClient()
                .send(request.method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        int listeners = console.changes().listeners();
        HttpResponse<Stream<String>> get =
                HttpClient.newHttpClient().send(request.GET().build(), BodyHandlers.ofLines());
        get.body().close();

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(withoutTime(head)).isEqualTo(withoutTime(get));
        assertThat(listeners).isZero();
    }

    private static Map<String, List<String>> withoutTime(HttpResponse<?> response) {
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        return headers;
    }

    @Test
    void shouldKeepUpWithManyChangesASecond() throws Exception {
        String first = console.changes().newest();
        try (Stream<String> lines = events(ALL, first)) {
            CompletableFuture<Long> heard = CompletableFuture.supplyAsync(() ->
                    lines.filter(line -> line.startsWith("data:")).limit(32_000).count());
            long started = System.nanoTime();
            for (int i = 0; i < 32_000; i++) {
                console.changes().tell("live", "A", "{}");
                if (i % 80 == 79) {
                    long due = started + (i + 1) * 125_000L; // 8,000 a second
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                }
            }

            assertThat(heard).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(32_000L);
            assertThat(console.changes().dropped()).isZero();
        }
    }

    private static Socket silent(FilledConsole console, String token) throws Exception {
        Socket silent = new Socket();
        silent.setReceiveBufferSize(1 << 16);
        silent.connect(
                new InetSocketAddress(console.at("/").getHost(), console.at("/").getPort()));
        silent.getOutputStream()
                .write(
                        ("GET /v1/events HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                                        + token + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        return silent;
    }

    private HttpResponse<String> connect(String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(console.at("/v1/events"))
                                .header("Accept", "text/event-stream")
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
    }

    private Stream<String> events(String token, @Nullable String after) throws Exception {
        return events(token, after, "");
    }

    private Stream<String> events(String token, @Nullable String after, String query) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(console.at("/v1/events" + query))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token);
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        HttpResponse<Stream<String>> response =
                HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static String id(List<String> event) {
        return event.get(0).replace("id: ", "");
    }

    private static List<String> event(Iterator<String> lines) {
        List<String> event = new ArrayList<>();
        String line = lines.next();
        while (line.isEmpty() || line.startsWith(":")) {
            line = lines.next();
        }
        for (; !line.isEmpty(); line = lines.next()) {
            event.add(line);
        }
        return event;
    }
}
