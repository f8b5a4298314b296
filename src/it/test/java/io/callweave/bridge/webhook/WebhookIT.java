package io.callweave.bridge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.webhook.RawHttp.Reply;
import io.callweave.runtime.http.HttpLimits;
import io.callweave.settings.value.Network;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint over real connections: every answer, what is kept, and who cannot hold it up. */
class WebhookIT {

    private static final String JSON = "Content-Type: application/json";
    private static final String OLD_TOKEN = "Validation-Token: old-token";
    private static final String NEW_TOKEN = "Verification-Token: new-token";

    @TempDir
    private Path folder;

    private final FakeSink safekeeping = new FakeSink();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Reply> replies = new ArrayList<>();
    private WebhookBridge bridge;

    @BeforeEach
    void start() throws IOException {
        accounts("account.1.path=/hooks/one", "account.1.tokens=old-token new-token", "account.2=", "account.3.rate=1");
        bridge = start(BridgeConfigs.webhook());
    }

    @AfterEach
    void stop() {
        bridge.close();
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.bytes()).isLessThanOrEqualTo(1_024);
            assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
        });
    }

    @Test
    void shouldEchoTheValidationToken() throws IOException {
        Reply posted = keep(RawHttp.post(bridge.address(), "/hooks/one", "", "Validation-Token: 5a-b_c"));

        assertThat(posted.status()).isEqualTo(200);
        assertThat(posted.headers()).containsEntry("Validation-Token", "5a-b_c");
        assertThat(posted.body()).isEmpty();
        assertThat(safekeeping.records).isEmpty();
    }

    /** RingCentral asks with POST; a GET is somebody who looks around. */
    @Test
    void shouldNotEchoTheValidationTokenOfAGet() throws IOException {
        Reply got = keep(RawHttp.request(bridge.address(), "GET", "/hooks/one", new byte[0], "Validation-Token: x"));

        assertThat(got.status()).isEqualTo(405);
        assertThat(got.headers()).containsEntry("Allow", "POST").doesNotContainKey("Validation-Token");
    }

    @Test
    void shouldEchoWhenAnEmptyBodyComesInNoChunks() throws IOException {
        String request = lines(
                "POST /hooks/one HTTP/1.1",
                "Host: b",
                "Connection: close",
                "Validation-Token: v",
                "Transfer-Encoding: chunked",
                "",
                "0",
                "",
                "");

        Reply reply = keep(RawHttp.send(bridge.address(), request.getBytes(UTF_8)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("Validation-Token", "v");
    }

    @Test
    void shouldNotEchoWhatWouldMakeTheAnswerTooLong() throws IOException {
        Reply reply = keep(RawHttp.post(bridge.address(), "/hooks/one", "", "Validation-Token: " + "v".repeat(257)));

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void shouldKeepTheBytesUnderTheirSession() throws IOException {
        String body = " " + Notifications.of("1", "s-7", "+16505550100", "Zoë") + "\n";

        Reply reply = keep(RawHttp.post(bridge.address(), "/hooks/one?x=1", body, JSON, OLD_TOKEN));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"status\":\"published\"}");
        RawRecord record = safekeeping.records.get(0);
        assertThat(record.topic()).isEqualTo("test.notifications");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("s-7");
        assertThat(new String(record.value(), UTF_8)).isEqualTo(body);
        assertThat(record.headers())
                .extracting(header -> header.key())
                .containsExactly("transport", "receivedAt", "source", "account");
        assertThat(header(record, "transport")).isEqualTo("webhook");
        assertThat(header(record, "account")).isEqualTo("1");
        assertThat(header(record, "receivedAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @Test
    void shouldKeepWhatHasNoKeyAsADeadLetter() throws IOException {
        Reply reply = keep(RawHttp.post(bridge.address(), "/webhooks/2", "{\"no", JSON));

        assertThat(reply.status()).isEqualTo(200);
        RawRecord record = safekeeping.records.get(0);
        assertThat(record.topic()).isEqualTo("test.dead-letters");
        assertThat(new String(record.value(), UTF_8)).isEqualTo("{\"no");
        assertThat(header(record, "reason")).isEqualTo("notJson");
        assertThat(header(record, "source")).isEqualTo("webhook:2");
        assertThat(record.headers()).extracting(header -> header.key()).contains("rejectedAt");
    }

    @Test
    void shouldSkipOtherEvents() throws IOException {
        String reminder = "{\"event\":\"/restapi/v1.0/subscription/~?threshold=60&interval=15\",\"body\":{}}";

        Reply reply = keep(RawHttp.post(bridge.address(), "/webhooks/2", reminder, JSON));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"status\":\"skipped\"}");
        assertThat(safekeeping.records).isEmpty();
    }

    @Test
    void shouldRefuseWhatMustNotCome() throws IOException {
        String own = Notifications.of("1", "s-1");
        String foreign = Notifications.of("2", "s-1");
        byte[] large = "x".repeat(BridgeConfigs.MAX_BYTES + 1).getBytes(UTF_8);

        assertThat(post(own, JSON).status()).isEqualTo(401);
        assertThat(post(own, JSON, "Validation-Token: old-toke").status()).isEqualTo(401);
        assertThat(post(foreign, JSON, OLD_TOKEN).status()).isEqualTo(403);
        assertThat(keep(RawHttp.post(bridge.address(), "/hooks/two", own, JSON, OLD_TOKEN))
                        .status())
                .isEqualTo(404);
        Reply put = keep(RawHttp.request(bridge.address(), "PUT", "/hooks/one", own.getBytes(UTF_8), OLD_TOKEN));
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.headers()).containsEntry("Allow", "POST");
        assertThat(keep(RawHttp.request(bridge.address(), "GET", "/hooks/one", new byte[0]))
                        .status())
                .isEqualTo(405);
        assertThat(keep(RawHttp.request(bridge.address(), "POST", "/hooks/one", large, JSON, OLD_TOKEN))
                        .status())
                .isEqualTo(413);
        assertThat(post(own, "Content-Type: text/plain", OLD_TOKEN).status()).isEqualTo(415);
        assertThat(post(own, JSON, OLD_TOKEN, "Content-Encoding: gzip").status())
                .isEqualTo(415);
        assertThat(post(own, JSON, OLD_TOKEN, "Content-Encoding: identity", "Content-Encoding: gzip")
                        .status())
                .isEqualTo(415);
        assertThat(safekeeping.records).isEmpty();
        assertThat(requests("1", "foreignAccount")).isEqualTo(1);
        assertThat(requests("none", "unknownPath")).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsTooLargeInChunks() throws IOException {
        int size = BridgeConfigs.MAX_BYTES + 1;
        String request = lines(
                "POST /webhooks/2 HTTP/1.1",
                "Host: b",
                "Connection: close",
                "Transfer-Encoding: chunked",
                "",
                Integer.toHexString(size),
                "x".repeat(size),
                "0",
                "",
                "");

        assertThat(keep(RawHttp.send(bridge.address(), request.getBytes(UTF_8))).status())
                .isEqualTo(413);
    }

    @Test
    void shouldAnswerTinyWhateverIsNoHttp() throws IOException {
        assertThat(keep(RawHttp.send(bridge.address(), "nonsense\r\n\r\n".getBytes(UTF_8)))
                        .status())
                .isEqualTo(400);
        assertThat(keep(RawHttp.post(bridge.address(), "/hooks/one", "", "X-Long: " + "x".repeat(3_000)))
                        .status())
                .isEqualTo(431);
    }

    @Test
    void shouldAnswerHeadWithoutABody() throws IOException {
        for (String path : List.of("/../x", "/%zz", "/%00", "/hooks/one")) {
            Reply reply = keep(RawHttp.send(
                    bridge.address(),
                    lines("HEAD " + path + " HTTP/1.1", "Host: b", "", "").getBytes(UTF_8)));

            assertThat(reply.status()).as(path).isBetween(400, 405);
            assertThat(reply.body()).as(path).isEmpty();
        }
    }

    /** A proxy that is strict would see one header there, and perhaps another end of the message. */
    @Test
    void shouldRefuseLinesThatEndWithoutCarriageReturn() throws IOException {
        String request = lines(
                "POST /hooks/one HTTP/1.1",
                "Host: b",
                "Verification-Token: " + OLD_TOKEN,
                "Content-Length: 2",
                "",
                "{}");

        Reply reply = keep(
                RawHttp.send(bridge.address(), request.replace("\r\n", "\n").getBytes(UTF_8)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(safekeeping.records).isEmpty();
    }

    @Test
    void shouldCountWhatTheServerRefusesByItself() throws IOException {
        Reply noChunks = keep(RawHttp.send(
                bridge.address(),
                lines("POST /webhooks/2 HTTP/1.1", "Host: b", "Transfer-Encoding: chunked", "", "zz", "{}", "0", "", "")
                        .getBytes(UTF_8)));
        Reply longLine = keep(RawHttp.post(bridge.address(), "/" + "x".repeat(3_000), ""));
        Reply noHost = keep(RawHttp.send(bridge.address(), "POST / HTTP/1.1\r\n\r\n".getBytes(UTF_8)));

        assertThat(List.of(noChunks.status(), longLine.status(), noHost.status()))
                .containsExactly(400, 414, 400);
        assertThat(noHost.body()).isEqualTo("{\"error\":\"badRequest\"}");
        assertThat(longLine.body()).isEqualTo("{\"error\":\"longHead\"}");
        assertThat(requests("none", "badRequest")).isEqualTo(2);
        assertThat(requests("none", "longHead")).isEqualTo(1);
        assertThat(safekeeping.records).isEmpty();
    }

    @Test
    void shouldNotTakeABodyThatWasChangedOnItsWay() throws IOException {
        String request = lines(
                "POST /webhooks/2 HTTP/1.1",
                "Host: b",
                "Connection: close",
                "Transfer-Encoding: gzip, chunked",
                "",
                "2",
                "{}",
                "0",
                "",
                "");

        assertThat(keep(RawHttp.send(bridge.address(), request.getBytes(UTF_8))).status())
                .isEqualTo(415);
    }

    @Test
    @Tag("full")
    void shouldSayWhatWasWrongAndHangUpWhenTheBodyDoesNotComeEither() throws IOException {
        restart(Duration.ofSeconds(2), Duration.ofSeconds(20));
        String head = " HTTP/1.1\r\nHost: b\r\nContent-Length: 9000000000000000000\r\n\r\n{";

        Reply large = keep(RawHttp.send(bridge.address(), ("POST /webhooks/2" + head).getBytes(UTF_8)));
        Reply nobodys = keep(RawHttp.send(bridge.address(), ("POST /nobody" + head).getBytes(UTF_8)));

        assertThat(large.status()).isEqualTo(413);
        assertThat(nobodys.status()).isEqualTo(404);
        assertThat(List.of(large, nobodys))
                .allSatisfy(reply -> assertThat(reply.headers()).containsEntry("Connection", "close"));
    }

    /** Without room made, they would have the connections for a minute. */
    @Test
    void shouldMakeRoomWhenAllConnectionsAreTakenByThoseThatSayNothing() throws IOException {
        restart(Duration.ofSeconds(2), Duration.ofSeconds(20));
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            silent.add(RawHttp.connect(bridge.address()));
        }

        Reply reply = keep(RawHttp.post(bridge.address(), "/webhooks/2", Notifications.of("2", "s-1"), JSON));

        assertThat(reply.status()).isEqualTo(200);
        await().until(() ->
                registry.get("callweave.bridge.connections.stalled").counter().count() >= 15);
        for (Socket socket : silent) {
            socket.close();
        }
    }

    /** More slow bodies than connections, each with time left. */
    @Test
    void shouldServeGoodSendersWhileSlowBodiesHaveAllConnections() throws IOException {
        restart(Duration.ofSeconds(20), Duration.ofSeconds(20));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Socket socket = RawHttp.connect(bridge.address());
            socket.getOutputStream()
                    .write(lines("POST /webhooks/2 HTTP/1.1", "Host: b", "Content-Length: 500", "", "{")
                            .getBytes(UTF_8));
            slow.add(socket);
        }

        for (int i = 0; i < 20; i++) {
            Reply reply = keep(RawHttp.post(bridge.address(), "/webhooks/2", Notifications.of("2", "s-" + i), JSON));
            assertThat(reply.status()).isEqualTo(200);
        }

        assertThat(safekeeping.records).hasSize(20);
        for (Socket socket : slow) {
            socket.close();
        }
    }

    /** Bodies that nearly came are in memory until their time is over. */
    @Test
    void shouldTakeWebhooksBesideAnAccountWhoseBodiesFillTheMemory() throws IOException {
        WebhookLimits usual = BridgeConfigs.PATIENT;
        restart(new WebhookLimits(usual.maxBytes(), 100_000, usual.answerTimeout(), usual.connections()));
        List<Socket> held = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket socket = RawHttp.connect(bridge.address());
            socket.getOutputStream()
                    .write(lines("POST /webhooks/2 HTTP/1.1", "Host: b", "Content-Length: 9999", "", "x".repeat(9_900))
                            .getBytes(UTF_8));
            held.add(socket);
        }
        await().ignoreExceptions().until(() -> requests("2", "busy") > 0);

        assertThat(post(Notifications.of("1", "s-1"), JSON, OLD_TOKEN).status()).isEqualTo(200);

        for (Socket socket : held) {
            socket.close();
        }
    }

    /** RingCentral's stay open. */
    @Test
    void shouldEndTheConnectionsOfThoseWhoBringNothing() throws IOException {
        String own = Notifications.of("1", "s-1");
        Map<String, String> requests = Map.of(
                "400",
                lines("GET //x HTTP/1.1", "Host: b", "", ""),
                "401",
                request("POST", "/hooks/one", own),
                "403",
                request("POST", "/hooks/one", Notifications.of("2", "s-1"), OLD_TOKEN),
                "404",
                request("POST", "/", own),
                "405",
                request("GET", "/hooks/one", ""),
                "415",
                request("POST", "/hooks/one", own, OLD_TOKEN, "Content-Encoding: gzip"),
                "200",
                request("POST", "/hooks/one", "", "Validation-Token: v"));

        for (Map.Entry<String, String> each : requests.entrySet()) {
            Reply reply = keep(RawHttp.send(bridge.address(), each.getValue().getBytes(UTF_8)));

            assertThat(reply.status()).isEqualTo(Integer.parseInt(each.getKey()));
            assertThat(reply.headers()).containsEntry("Connection", "close");
        }
    }

    @Test
    void shouldKeepTheConnectionsOfKnownSendersWhileStrangersComeAgainAndAgain() throws IOException {
        List<Socket> strangers = new ArrayList<>();
        try (Socket known = RawHttp.connect(bridge.address())) {
            String post = request("POST", "/hooks/one", Notifications.of("1", "s-1"), OLD_TOKEN);
            for (int i = 0; i < 5; i++) {
                known.getOutputStream().write(post.getBytes(UTF_8));
                assertThat(nextReply(known)).startsWith("HTTP/1.1 200 ");
                for (int j = 0; j < 100; j++) {
                    strangers.add(RawHttp.connect(bridge.address()));
                }
                Reply other = keep(RawHttp.post(bridge.address(), "/webhooks/2", Notifications.of("2", "s-1"), JSON));
                assertThat(other.status()).isEqualTo(200);
            }
            assertThat(bridge.isReady()).isTrue();
        } finally {
            for (Socket socket : strangers) {
                socket.close();
            }
        }
    }

    @Test
    void shouldNotBeReadyWhileNobodyElseGetsIn() throws Exception {
        CompletableFuture<Kept> kept = new CompletableFuture<>();
        AtomicInteger taken = new AtomicInteger();
        safekeeping.keeping = record -> {
            taken.incrementAndGet();
            return kept;
        };
        List<Socket> busy = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Socket socket = RawHttp.connect(bridge.address());
            socket.getOutputStream()
                    .write(request("POST", "/hooks/one", Notifications.of("1", "s-" + i), OLD_TOKEN)
                            .getBytes(UTF_8));
            busy.add(socket);
            await().until(() -> taken.get() == busy.size());
        }

        await().until(() -> !bridge.isReady());

        assertThat(bridge.state()).isEqualTo("NO_CONNECTION");
        assertThat(bridge.isLive()).isTrue();
        kept.complete(Kept.KEPT);
        await().until(bridge::isReady);
        for (Socket socket : busy) {
            assertThat(nextReply(socket)).startsWith("HTTP/1.1 200 ");
            socket.close();
        }
    }

    /** What a stranger says of its own address counts for nothing. */
    @Test
    void shouldHoldEachAddressToItsConnectionsAndBelieveOnlyTrustedProxies() throws IOException {
        restart(BridgeConfigs.limits(
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                new HttpLimits.OfAddress(3, List.of(Network.parse("127.0.0.9").orElseThrow()))));
        String client = "PROXY TCP4 203.0.113.7 203.0.113.1 5000 443\r\n";

        assertThat(heldOf("127.0.0.2", "")).isEqualTo(3);
        assertThat(heldOf("127.0.0.3", "")).isEqualTo(3);
        assertThat(heldOf("127.0.0.9", "")).isEqualTo(10);
        assertThat(heldOf("127.0.0.9", client)).isEqualTo(3);
        assertThat(heldOf("127.0.0.9", "PROXY TCP6 2001:db8::%d 2001:db8:1::1 5000 443\r\n"))
                .isEqualTo(3);
        assertThat(heldOf("127.0.0.2", client)).isZero();
    }

    /**
     * How many of ten connections the bridge answers at the end.
     *
     * @param first is sent at the beginning of each, with its number
     */
    private int heldOf(String from, String first) throws IOException {
        List<Socket> opened = new ArrayList<>();
        int held = 0;
        for (int i = 0; i < 10; i++) {
            Socket socket = RawHttp.connectFrom(from, bridge.address());
            socket.getOutputStream().write(first.formatted(i).getBytes(UTF_8));
            opened.add(socket);
        }
        String post = request("POST", "/webhooks/2", Notifications.of("2", "s-1"));
        for (Socket socket : opened) {
            try {
                socket.getOutputStream().write(post.getBytes(UTF_8));
                held += nextReply(socket).startsWith("HTTP/1.1 200 ") ? 1 : 0;
            } catch (SocketException closed) {
                // It does not count.
            }
        }
        for (Socket socket : opened) {
            socket.close();
        }
        await().until(() -> registry.get("callweave.bridge.connections").gauge().value() == 0);
        return held;
    }

    @Test
    void shouldSayWhyItRefusesWhatThereIsNoPlaceFor() throws IOException {
        safekeeping.keeping = record -> CompletableFuture.completedFuture(Kept.BUSY);
        Reply busy = post(Notifications.of("1", "s-1"), JSON, NEW_TOKEN);
        safekeeping.keeping = record -> CompletableFuture.completedFuture(Kept.TOO_LARGE);
        Reply large = post(Notifications.of("1", "s-1"), JSON, NEW_TOKEN);

        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.body()).isEqualTo("{\"error\":\"busy\"}");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.body()).isEqualTo("{\"error\":\"tooLarge\"}");
    }

    @Test
    void shouldHoldAnAccountToItsRateAndNoOther() throws IOException {
        String third = Notifications.of("3", "s-1");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            statuses.add(keep(RawHttp.post(bridge.address(), "/webhooks/3", third, JSON))
                    .status());
        }
        Reply other = keep(RawHttp.post(bridge.address(), "/webhooks/2", Notifications.of("2", "s-1"), JSON));

        assertThat(statuses).contains(200, 429);
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void shouldNotLetThoseWithoutTheTokenUseUpTheRate() throws IOException {
        bridge.close();
        accounts("account.1.path=/hooks/one", "account.1.tokens=old-token", "account.1.rate=1");
        bridge = start(BridgeConfigs.webhook());
        String own = Notifications.of("1", "s-1");

        Set<Integer> statuses = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            statuses.add(post(own, JSON, "Verification-Token: wrong").status());
        }

        assertThat(statuses).containsExactly(401);
        assertThat(post(own, JSON, OLD_TOKEN).status()).isEqualTo(200);
    }

    /** What a notification costs others grows with its length. */
    @Test
    void shouldCountALongNotificationAsMany() throws IOException {
        bridge.close();
        accounts("account.1.path=/hooks/one", "account.1.tokens=old-token", "account.1.rate=1");
        WebhookLimits wide = new WebhookLimits(
                1 << 20, 1 << 22, BridgeConfigs.PATIENT.answerTimeout(), BridgeConfigs.PATIENT.connections());
        bridge = start(BridgeConfigs.webhook(null, wide));
        String own = Notifications.of("1", "s-1");

        int admitted = post(own + " ".repeat(500_000), JSON, OLD_TOKEN).status();

        assertThat(admitted).isNotEqualTo(429);
        assertThat(post(own, JSON, OLD_TOKEN).status()).isEqualTo(429);
    }

    @Test
    void shouldRefuseWhileThereIsNoRoom() throws IOException {
        safekeeping.room = false;

        Reply reply = post(Notifications.of("1", "s-1"), JSON, NEW_TOKEN);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).isEqualTo("{\"error\":\"noRoom\"}");
        assertThat(bridge.isReady()).isFalse();
        assertThat(bridge.isLive()).isTrue();
        assertThat(bridge.accountsHealth()).contains("\"full\":true", "\"noRoom\":1");
    }

    @Test
    void shouldAskForARestartWhenSafekeepingFailedForGood() {
        safekeeping.failed = true;

        assertThat(bridge.isLive()).isFalse();
    }

    @Test
    void shouldGiveUpAndSaySoBeforeRingCentralDoes() throws IOException {
        restart(Duration.ofSeconds(2), Duration.ofSeconds(20));
        CompletableFuture<Kept> never = new CompletableFuture<>();
        safekeeping.keeping = record -> never;

        Reply reply = post(Notifications.of("1", "s-1"), JSON, NEW_TOKEN);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).isEqualTo("{\"error\":\"notInTime\"}");
        await().until(never::isCancelled);
    }

    @Test
    void shouldTakeOtherAccountsAndTokensWhenTheFileChanges() throws IOException {
        accounts("account.1.path=/hooks/one", "account.1.tokens=third", "account.4=");

        await().untilAsserted(() -> assertThat(
                        RawHttp.post(bridge.address(), "/webhooks/4", Notifications.of("4", "s-4"), JSON)
                                .status())
                .isEqualTo(200));
        assertThat(post(Notifications.of("1", "s-1"), JSON, OLD_TOKEN).status()).isEqualTo(401);
        assertThat(post(Notifications.of("1", "s-1"), JSON, "Validation-Token: third")
                        .status())
                .isEqualTo(200);
        assertThat(keep(RawHttp.post(bridge.address(), "/webhooks/2", "{}", JSON))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldStayWithTheAccountsFromBeforeWhenTheFileIsWrong() throws IOException {
        accounts("account.1.tokenz=third");

        await().until(() -> registry.get("callweave.bridge.reload.failed")
                        .tags("what", "accounts")
                        .counter()
                        .count()
                == 1);

        assertThat(post(Notifications.of("1", "s-1"), JSON, NEW_TOKEN).status()).isEqualTo(200);
    }

    @Test
    @Tag("full")
    void shouldServeOthersWhileManySendAByteNowAndThen() throws Exception {
        restart(Duration.ofSeconds(6), Duration.ofSeconds(3));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Socket socket = RawHttp.connect(bridge.address());
            String head = i % 2 == 0
                    ? "POST /hooks/one HT"
                    : lines("POST /hooks/one HTTP/1.1", "Host: b", "Content-Length: 500", OLD_TOKEN, "", "{");
            socket.getOutputStream().write(head.getBytes(UTF_8));
            slow.add(socket);
        }
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 100; i++) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(bridge.address() + "/hooks/one"))
                            .header("Content-Type", "application/json")
                            .header("Verification-Token", "new-token")
                            .POST(HttpRequest.BodyPublishers.ofString(Notifications.of("1", "s-" + i)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
        }

        for (int i = 0; i < slow.size(); i++) {
            byte[] reply = RawHttp.readAll(dripping(slow.get(i)));
            if (i % 2 == 1) {
                assertThat(keep(RawHttp.parse(reply)).status()).isEqualTo(408);
            }
        }
        await().until(() -> registry.get("callweave.bridge.connections").gauge().value() <= 1);
        await().untilAsserted(() -> assertThat(registry.get("callweave.bridge.connections.stalled")
                        .counter()
                        .count())
                .isEqualTo(20));
        assertThat(safekeeping.records).hasSize(100);
    }

    @Test
    void shouldAnswerWhatItTookBeforeItStops() throws Exception {
        restart(Duration.ofMinutes(1), Duration.ofMinutes(1));
        CompletableFuture<Kept> kept = new CompletableFuture<>();
        CompletableFuture<RawRecord> taken = new CompletableFuture<>();
        safekeeping.keeping = record -> {
            taken.complete(record);
            return kept;
        };
        CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> {
            try {
                return post(Notifications.of("1", "s-1"), JSON, NEW_TOKEN);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        taken.get();

        CompletableFuture<Void> stop = CompletableFuture.runAsync(bridge::close);
        await().until(() -> bridge.state().equals("STOPPING"));
        kept.complete(Kept.KEPT);
        stop.get();

        assertThat(reply.get().status()).isEqualTo(200);
    }

    @Test
    void shouldTellOfEachAccountWithoutItsSecrets() throws IOException {
        post(Notifications.of("1", "s-1"), JSON, NEW_TOKEN);
        post(Notifications.of("1", "s-1"), JSON);

        String health = bridge.accountsHealth();

        assertThat(health)
                .contains("\"accountId\":\"1\"", "\"published\":1", "\"wrongToken\":1", "\"silent\":false", "lastLagMs")
                .doesNotContain("hooks", "token\"", "old-token");
    }

    private void restart(Duration answerTimeout, Duration requestTimeout) {
        restart(BridgeConfigs.limits(answerTimeout, requestTimeout));
    }

    private void restart(WebhookLimits limits) {
        bridge.close();
        bridge = start(BridgeConfigs.webhook(null, limits));
    }

    /** One that leaves the connection open. */
    private static String request(String method, String path, String body, String... headers) {
        List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: b"));
        lines.addAll(List.of(headers));
        lines.addAll(List.of("Content-Length: " + body.getBytes(UTF_8).length, "", body));
        return String.join("\r\n", lines);
    }

    /** Of a connection that goes on; empty if it has ended. */
    private static String nextReply(Socket socket) throws IOException {
        byte[] reply = new byte[1_024];
        int read = socket.getInputStream().read(reply);
        return read < 0 ? "" : new String(reply, 0, read, UTF_8);
    }

    private WebhookBridge start(WebhookConfig config) {
        return WebhookBridge.start(folder, config, safekeeping, registry);
    }

    private double requests(String account, String answer) {
        return registry.get("callweave.bridge.notifications")
                .tags("account", account, "transport", "webhook", "outcome", answer)
                .counter()
                .count();
    }

    private void accounts(String... lines) throws IOException {
        Files.writeString(folder.resolve("accounts.properties"), String.join("\n", lines));
    }

    private Reply post(String body, String... headers) throws IOException {
        return keep(RawHttp.post(bridge.address(), "/hooks/one", body, headers));
    }

    /** Its size and type are checked at the end. */
    private synchronized Reply keep(Reply reply) {
        replies.add(reply);
        return reply;
    }

    /** Goes on sending until the other side has had enough. */
    private static Socket dripping(Socket socket) {
        Thread drip = new Thread(() -> {
            try {
                while (!socket.isClosed()) {
                    socket.getOutputStream().write('x');
                    Thread.sleep(Duration.ofMillis(100).toMillis());
                }
            } catch (IOException | InterruptedException closed) {
                // That is what is waited for.
            }
        });
        drip.setDaemon(true);
        drip.start();
        return socket;
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    private static String header(RawRecord record, String name) {
        return record.headers().stream()
                .filter(header -> header.key().equals(name))
                .map(header -> new String(header.value(), UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
