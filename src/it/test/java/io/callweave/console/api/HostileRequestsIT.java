package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.console.feed.Masking;
import io.callweave.topics.Headers;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody tries who wants to see, or to break, what belongs to others. */
@Tag("full")
class HostileRequestsIT {

    private static final String ALL = "o".repeat(32);
    private static final String OF_A = "a".repeat(32);
    private static final String ALSO_OF_A = "c".repeat(32);
    private static final String OF_B = "b".repeat(32);
    private static final String SEARCH = "/v1/calls/search";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What only account A has. */
    private static final String[] SECRETS = {"+15550100002", "s-a", "\"A\"", "1045", "4711", "Caller 1", "Agent 1"};

    @TempDir
    private Path folder;

    private FilledConsole console;

    @BeforeEach
    void start() throws Exception {
        console = new FilledConsole(
                folder.resolve("tokens"), ALL + "=*," + OF_A + "=A," + ALSO_OF_A + "=A," + OF_B + "=B");
        console.put(call("A", "s-a"));
        console.put(call("A", "s-a2"));
        console.putWindow(TestWindows.of(
                "A", "queue", "1045", "PT1H", "2026-03-12T14:00:00.000Z", "2026-03-12T15:00:00.000Z", 4711));
        console.putWindow(TestWindows.of(
                "A", "queue", "1045", "PT1H", "2026-03-12T13:00:00.000Z", "2026-03-12T14:00:00.000Z", 4711));
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void shouldShowNothingForTheCursorOfAnotherToken() throws Exception {
        String calls = search(OF_A, "{\"limit\":1}").path("next").asText();
        String windows =
                console.get("/v1/windows?limit=1", OF_A).json().path("next").asText();

        assertThat(search(OF_A, "{\"cursor\":\"" + calls + "\"}").path("calls")).hasSize(1);
        assertThat(search(OF_B, "{\"cursor\":\"" + calls + "\"}").path("calls")).isEmpty();
        assertThat(console.get("/v1/windows?cursor=" + windows, OF_A).json().path("windows"))
                .hasSize(1);
        assertThat(console.get("/v1/windows?cursor=" + windows, OF_B).json().path("windows"))
                .isEmpty();
    }

    @Test
    void shouldTakeTextsOfQueriesAsTexts() throws Exception {
        for (String text :
                List.of("%", "_", "' OR 1=1 --", "\") OR 1 --", "\u0000", "*", "[a-z]", "\\", "A' UNION", "1045")) {
            for (String name : List.of("text", "account", "extension", "queue")) {
                ObjectNode body = JSON.createObjectNode().put(name, text);
                for (String path : List.of(SEARCH, "/v1/calls/statistics", "/v1/calls/export")) {
                    FilledConsole.Answer answer = console.send("POST", path, OF_B, body.toString());

                    assertThat(answer.status()).as(path + body).isEqualTo(200);
                    assertThat(answer.body()).doesNotContain(SECRETS);
                }
                assertThat(search(OF_A, body.toString()).path("calls"))
                        .as(body.toString())
                        .isEmpty();
            }
            String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
            for (String path :
                    List.of("/v1/windows?id=", "/v1/windows?account=", "/v1/live?account=", "/v1/wallboard?account=")) {
                FilledConsole.Answer answer = console.get(path + encoded, OF_B);

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).doesNotContain(SECRETS);
            }
        }
    }

    @Test
    void shouldPageThroughCallsWithVeryLongIds() throws Exception {
        for (int length : List.of(64, 500, 3_000)) {
            String account = "\u20ac".repeat(length);
            for (int i = 0; i < 3; i++) {
                console.put(call(account, i + "\u20ac".repeat(length)));
            }
            List<String> seen = new ArrayList<>();
            String cursor = null;
            do {
                ObjectNode body = JSON.createObjectNode().put("limit", 1).put("cursor", cursor);
                JsonNode page = search(ALL, body.toString());
                page.path("calls")
                        .forEach(each -> seen.add(each.path("callId").asText().substring(0, 3)));
                cursor = page.path("next").asText(null);
            } while (cursor != null);

            assertThat(seen).contains("0\u20ac\u20ac", "1\u20ac\u20ac", "2\u20ac\u20ac", "s-a");
        }
    }

    @Test
    void shouldRefuseWhatIsTooLong() throws Exception {
        assertThat(console.send("POST", SEARCH, ALL, "{\"text\":\"" + "x".repeat(60_000) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(console.send("POST", SEARCH, ALL, "[".repeat(60_000)).status())
                .isEqualTo(400);
        assertThat(console.send("POST", SEARCH, ALL, "{\"limit\":" + "9".repeat(60_000) + "}")
                        .status())
                .isEqualTo(400);
        assertThat(console.get("/v1/live?account=" + "x".repeat(20_000), ALL).status())
                .isIn(414, 431);
        assertThat(console.get("/v1/calls/A/" + "x".repeat(5_000), ALL).status())
                .isEqualTo(404);
        for (String token : List.of(ALL, "x".repeat(32))) {
            assertThat(console.send("POST", SEARCH, token, "x".repeat(10_000_000))
                            .status())
                    .isEqualTo(token.equals(ALL) ? 413 : 401);
        }
    }

    @Test
    void shouldRefuseAnAddressThatIsNoneInTheFormOfTheApi() throws Exception {
        for (String target :
                List.of("/v1/calls/%", "/%ff", "/%00", "/v1/calls/A/%e0%80", "/\\x", "/" + "x".repeat(20_000))) {
            try (Socket socket = connect()) {
                socket.getOutputStream()
                        .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));

                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 4")
                        .contains("Content-Type: application/json", "{\"error\":{\"code\":\"refused\"")
                        .doesNotContain("<");
            }
        }
    }

    @Test
    void shouldAnswerOneThatReadsNothingBeforeItHasSentAll() throws Exception {
        for (String refused : List.of(SEARCH + " 413 " + ALL, SEARCH + " 401 " + OF_B + "x", "/nowhere 404 " + ALL)) {
            String[] words = refused.split(" ", -1);
            try (Socket patient = connect()) {
                OutputStream out = patient.getOutputStream();
                out.write(("POST " + words[0] + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + words[2]
                                + "\r\nContent-Length: 10000000\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 100; i++) {
                    out.write(new byte[100_000]);
                }

                assertThat(firstLine(patient)).startsWith("HTTP/1.1 " + words[1]);
            }
        }
    }

    @Test
    void shouldNotWaitForTheBodyOfARefusedRequest() throws Exception {
        try (Socket silent = connect()) {
            silent.getOutputStream()
                    .write(("POST " + SEARCH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            silent.setSoTimeout(5_000);

            assertThat(firstLine(silent)).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void shouldAnswerWhileManyDoNotReadTheirExports() throws Exception {
        fillForExports();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) { // more than the store has readers
                slow.add(export("HTTP/1.1", "Connection: keep-alive"));
            }

            assertThat(search(ALL, "{}").path("calls")).isNotEmpty();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Each such answer keeps a thread until it is read. */
    @Test
    void shouldAnswerATenantWhileAnotherAsksForMuchAndReadsNothing() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            console.putLive(JSON.createObjectNode().put("accountId", "A").put("callId", "s-live-" + i));
        }
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 1_200; i++) { // more than there are connections
                silent.add(unread("/v1/live", i % 2 == 0 ? OF_A : ALSO_OF_A));
            }

            CompletableFuture<FilledConsole.Answer> other = CompletableFuture.supplyAsync(() -> get("/v1/live", OF_B));
            assertThat(other.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void shouldNotKeepMoreThanItCanOfAnswersThatNobodyReads() throws Exception {
        ObjectNode live = JSON.createObjectNode().put("accountId", "A").put("noise", "x".repeat(1 << 20));
        long megabytes =
                Runtime.getRuntime().maxMemory() / 40 >> 20; // an account can have a 32nd, and half a quarter unread
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < megabytes; i++) {
                console.putLive(live.deepCopy().put("callId", "s-live-" + i));
            }
            for (int i = 0; i < 6; i++) {
                silent.add(unread("/v1/live", OF_A));
            }

            await().until(() -> {
                // One that had to wait for long for its turn holds nothing.
                silent.add(unread("/v1/live", OF_A));
                return get("/v1/live", ALSO_OF_A).body().contains("not read yet");
            });
            assertThat(get("/v1/live", OF_B).status()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    /** A request whose answer is not read. */
    private Socket unread(String path, String token) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2_048);
        socket.connect(
                new InetSocketAddress(console.at("/").getHost(), console.at("/").getPort()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Also if the connection ends with the answer anyway, as many clients and proxies want. */
    @ParameterizedTest
    @ValueSource(strings = {"keep-alive", "close"})
    void shouldLetTheClientSeeThatAnExportBrokeOff(String connection) throws Exception {
        fillForExports();
        try (Socket slow = export("HTTP/1.1", "Connection: " + connection)) {
            console.closeStore();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try {
                slow.getInputStream().transferTo(read);
            } catch (SocketException reset) {
                // This says it, too.
            }

            assertThat(read.size()).isGreaterThan(1_000_000);
            assertThat(read.toString(StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("Transfer-Encoding: chunked")
                    .doesNotEndWith("\r\n0\r\n\r\n");
        }
    }

    /** A tenant can do that as often as it likes. */
    @Test
    void shouldSayNothingInTheLogOfAnExportWhoseClientLeaves() throws Exception {
        fillForExports();
        try (ServerLog log = new ServerLog()) {
            for (String encoding : List.of("identity", "gzip")) {
                export("HTTP/1.1", "Accept-Encoding: " + encoding).close();
            }
            console.close(); // waits for answers

            assertThat(log.lines(Level.INFO)).isEmpty();
        }
    }

    /** There, the end of the connection is the end of the answer. */
    @Test
    void shouldSendNoExportThatCanBreakOffUnseen() throws Exception {
        try (Socket old = export("HTTP/1.0", "Connection: close")) {
            assertThat(new String(old.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 505")
                    .contains("\"code\":\"httpVersion\"", "proxy_http_version 1.1")
                    .doesNotContain(SECRETS);
        }
    }

    /** More than sockets hold. */
    private void fillForExports() throws IOException {
        List<ObjectNode> calls = new ArrayList<>();
        Random random = new Random(1);
        byte[] noise = new byte[40_000];
        for (int i = 0; i < 400; i++) {
            random.nextBytes(noise);
            calls.add(call("A", "s-large-" + i).put("noise", Base64.getEncoder().encodeToString(noise)));
        }
        console.putAll(calls);
    }

    /** Waits for the first byte of one, and reads no further. */
    private Socket export(String version, String header) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 16);
        socket.connect(
                new InetSocketAddress(console.at("/").getHost(), console.at("/").getPort()));
        String body = "{\"format\":\"ndjson\"}";
        socket.getOutputStream()
                .write(("POST /v1/calls/export " + version + "\r\nHost: localhost\r\n" + header
                                + "\r\nAuthorization: Bearer " + ALL + "\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        while (socket.getInputStream().available() == 0) {
            Thread.onSpinWait();
        }
        return socket;
    }

    @Test
    void shouldEndARequestWithABodyThatNeverEnds() throws Exception {
        try (Socket slow = connect()) {
            OutputStream out = slow.getOutputStream();
            out.write(("POST " + SEARCH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ALL
                            + "\r\nContent-Length: 60000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> firstLine(slow));

            await().pollInterval(Duration.ofMillis(500)).until(() -> {
                if (!answer.isDone()) {
                    out.write(' ');
                    out.flush();
                }
                return answer.isDone();
            });

            assertThat(answer.get()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void shouldAnswerBesideAThousandConnectionsThatSayNothing() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = connect();
                idle.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET /v1/li".getBytes(StandardCharsets.US_ASCII));
                }
            }

            assertThat(console.get("/v1/live", ALL).status()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void shouldNotShowNumbersOfDeadLettersWhenMasking() throws Exception {
        try (FilledConsole masked = new FilledConsole(folder.resolve("masked"), "", Masking.ON)) {
            for (FilledConsole each : List.of(console, masked)) {
                ConsumerRecord<byte[], byte[]> letter = new ConsumerRecord<>(
                        "dead-letters", 0, 0, null, "{\"from\": \"+15550100002\"}".getBytes(StandardCharsets.UTF_8));
                letter.headers().add(Headers.text(Headers.REASON, "badParty"));
                letter.headers().add(Headers.text(Headers.DETAIL, "body.parties[0] has +1 (555) 010-0002, 3 of 5."));
                letter.headers().add(Headers.text(Headers.SOURCE, "calls-of-15550100002.ndjson:17"));
                each.deadLetters().add(letter);
            }

            JsonNode shown = masked.get("/v1/dead-letters", null).json().at("/letters/0");
            assertThat(shown.toString()).doesNotContain("0100002", "010-0002", "MTU1NTAxMDAwMDI");
            assertThat(shown.path("message").asText()).isEqualTo("body.parties[0] has +X (XXX) XXX-XX02, 3 of 5.");
            assertThat(shown.path("source").asText()).isEqualTo("calls-of-XXXXXXXXX02.ndjson:17");
            assertThat(shown.path("text").isNull()).isTrue();
            assertThat(shown.path("base64").isNull()).isTrue();
            assertThat(console.get("/v1/dead-letters", ALL).body()).contains("+15550100002", "010-0002");
        }
    }

    @Test
    void shouldShowComparisonsOfItsAccountsAndNoNumbersWhenMasking() throws Exception {
        try (FilledConsole masked = new FilledConsole(folder.resolve("masked-log"), "", Masking.ON)) {
            for (FilledConsole each : List.of(console, masked)) {
                for (String key : List.of(
                        "A/2026-03-02T08:00:00.000Z", "A/2026-03-02T09:00:00.000Z", "B/2026-03-02T09:00:00.000Z")) {
                    String row = "{\"accountId\":\"" + key.charAt(0) + "\",\"hour\":\"" + key.substring(2)
                            + "\",\"differences\":[{\"fields\":[{\"field\":\"to\",\"here\":\"+15550100002\",\"there\":\"102\"},"
                            + "{\"field\":\"result\",\"here\":\"Missed\",\"there\":\"Zaphod said no\"}],"
                            + "\"telephonySessionId\":\"s-Zaphod B\",\"callId\":\"s-1\"}]}";
                    each.audits()
                            .add(new ConsumerRecord<>(
                                    "audits",
                                    0,
                                    0,
                                    key.getBytes(StandardCharsets.UTF_8),
                                    row.getBytes(StandardCharsets.UTF_8)));
                }
            }

            JsonNode own = console.get("/v1/audits", OF_A).json().path("hours");
            assertThat(own)
                    .hasSize(2)
                    .allMatch(hour -> hour.path("accountId").asText().equals("A"));
            assertThat(own.get(0).path("hour").asText()).isEqualTo("2026-03-02T09:00:00.000Z");
            assertThat(own.toString()).contains("+15550100002");
            assertThat(console.get("/v1/audits?account=B", ALL).json().path("hours"))
                    .hasSize(1);
            assertThat(masked.get("/v1/audits", null).body())
                    .contains("Missed", "s-1")
                    .doesNotContain("0100002", "102", "Zaphod");
        }
    }

    @Test
    void shouldAnswerLiveCallsFromOneAnswerASecond() throws Exception {
        ObjectNode live = JSON.createObjectNode()
                .put("accountId", "A")
                .put("callId", "s-live")
                .put("startTime", "2026-03-02T09:00:00.000Z");
        long started = System.nanoTime();
        String before = console.get("/v1/live", OF_A).body();
        console.putLive(live);

        String after = console.get("/v1/live", OF_A).body();
        boolean sameSecond = System.nanoTime() - started < RecentAnswers.FRESH_NANOS;

        assertThat(after.equals(before) || !sameSecond).isTrue();
        await().until(() -> console.get("/v1/live", OF_A).body().contains("s-live"));
    }

    @Test
    void shouldEndWhatTakesTheProcessorForTooLongToTellOfACall() throws Exception {
        try (FilledConsole busy = new FilledConsole(folder.resolve("busy"), Duration.ofNanos(1))) {
            busy.put(call("A", "s-a"));

            for (String what : List.of("notifications", "why")) {
                FilledConsole.Answer answer = busy.get("/v1/calls/A/s-a/" + what, null);
                assertThat(answer.status()).as(answer.body()).isEqualTo(422);
                assertThat(answer.json().at("/error/code").asText()).isEqualTo("slow");
            }
        }
    }

    /** Nobody answers at the address of Kafka. */
    @Test
    void shouldSayThatNotificationsCouldNotAllBeReadAndSendAwayThoseWhoWaitForLong() throws Exception {
        console.putNotification("A", "s-a", 0);
        ObjectNode call = call("A", "s-a");
        call.withArray("sessions").forEach(each -> ((ObjectNode) each).put("telephonySessionId", "s-a"));
        console.put(call.put("revision", 9));
        ExecutorService clients = Executors.newFixedThreadPool(3);
        List<CompletableFuture<FilledConsole.Answer>> answers = new ArrayList<>();
        for (String what : List.of("notifications", "why", "why")) {
            answers.add(CompletableFuture.supplyAsync(() -> get("/v1/calls/A/s-a/" + what), clients));
        }
        List<FilledConsole.Answer> all =
                answers.stream().map(CompletableFuture::join).toList();
        clients.shutdown();

        assertThat(all).filteredOn(each -> each.status() == 200).hasSize(2).allSatisfy(each -> {
            assertThat(each.json().path("complete").asBoolean(true)).isFalse();
            assertThat(each.json().path("reason").asText()).isEqualTo("time");
            assertThat(each.json().path("missing").asText()).contains("Try again");
        });
        assertThat(all).filteredOn(each -> each.status() == 503).hasSize(1).allSatisfy(each -> {
            assertThat(each.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(each.json().at("/error/code").asText()).isEqualTo("busy");
        });
    }

    /** Nobody answers at the address of Kafka, so that each of them takes long. */
    @Test
    void shouldReadNotificationsForATenantWhileAnotherAsksForManyAtATime() throws Exception {
        for (String account : List.of("A", "B")) {
            console.putNotification(account, "s-a", account.charAt(0));
            ObjectNode call = call(account, "s-of-" + account);
            call.withArray("sessions").forEach(each -> ((ObjectNode) each).put("telephonySessionId", "s-a"));
            console.put(call);
        }
        ExecutorService clients = Executors.newFixedThreadPool(41);
        AtomicInteger sentAway = new AtomicInteger();
        for (int i = 0; i < 40; i++) {
            clients.execute(() -> {
                while (get("/v1/calls/A/s-of-A/notifications", OF_A).status() == 503) {
                    sentAway.incrementAndGet();
                }
            });
        }
        await().until(() -> sentAway.get() > 0);

        FilledConsole.Answer other = get("/v1/calls/B/s-of-B/notifications", OF_B);

        assertThat(other.status()).as(other.body()).isEqualTo(200);
        assertThat(other.json().path("reason").asText()).isEqualTo("time");
        clients.shutdownNow();
    }

    private FilledConsole.Answer get(String path) {
        return get(path, ALL);
    }

    private FilledConsole.Answer get(String path, String token) {
        try {
            return console.get(path, token);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(console.at("/").getHost(), console.at("/").getPort());
    }

    private static String firstLine(Socket socket) {
        try {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private JsonNode search(String token, String body) throws Exception {
        FilledConsole.Answer answer = console.send("POST", SEARCH, token, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static ObjectNode call(String account, String id) throws IOException {
        ObjectNode call =
                (ObjectNode) JSON.readTree(Path.of("docs/examples/call.json").toFile());
        return call.put("accountId", account).put("callId", id);
    }
}
