package io.callweave.ringcentral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.callweave.ringcentral.RingCentralException.Trouble;
import io.callweave.ringcentral.pubnub.Batch;
import io.callweave.ringcentral.pubnub.ChannelReader;
import io.callweave.ringcentral.pubnub.Cursor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server at {@code ringcentral.server} that does not keep to any measure. */
@Timeout(120) // stops a test that hangs
class HostileServerTest {

    private static final String SUBSCRIPTIONS = "GET /restapi/v1.0/subscription";
    private static final String ENTRIES = "GET /restapi/v1.0/account/1/directory/entries";

    private final CountDownLatch ended = new CountDownLatch(1);
    private FakeRingCentral ringCentral;
    private HttpServer endless;

    @BeforeEach
    void start() throws IOException {
        ringCentral = new FakeRingCentral();
        endless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endless.start();
    }

    @AfterEach
    void stop() {
        ringCentral.close();
        endless.stop(0);
    }

    @Test
    void shouldNotReadABodyWithoutAnEnd() throws Exception {
        answerWithoutEnd(200, "[", "\"" + "x".repeat(1 << 16) + "\",");

        assertThatThrownBy(client()::signIn)
                .isInstanceOf(RingCentralException.class)
                .hasMessage(String.format(
                        Locale.ROOT,
                        "The answer of %s is longer than %,d bytes: check the address, and a proxy if there is one; an account with very much needs more Java heap.",
                        address(),
                        AnswerReader.MOST_BYTES));
        ended.await(); // the server cannot write any more
    }

    /** These are kept for each account. */
    @Test
    void shouldKeepNoLongTexts() throws Exception {
        String much = "x".repeat(100_000);
        ringCentral.grant("ReadAccounts ".repeat(10_000));
        assertUnreadable(() -> ringCentral.client().signIn());
        ringCentral.forget("POST /restapi/oauth/token");
        ringCentral.on("POST /restapi/oauth/token", 200, "{\"access_token\":\"" + much + "\"}");
        assertUnreadable(() -> ringCentral.client().signIn());

        assertUnreadable(() ->
                Channel.of(json("{\"subscriberKey\":\"s\",\"address\":\"a\",\"encryptionKey\":\"" + much + "\"}")));
        assertUnreadable(() -> Subscription.of(json("{\"id\":\"1\",\"eventFilters\":[\"" + much + "\"]}")));
        String filter = "\"" + much.substring(0, 500) + "\",";
        assertUnreadable(
                () -> Subscription.of(json("{\"id\":\"1\",\"eventFilters\":[" + filter.repeat(10_000) + "\"\"]}")));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static void assertUnreadable(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(RingCentralException.class)
                .hasMessageContaining("did not answer as RingCentral does");
    }

    /** Each value is an object in memory, which is many times as large as its text. */
    @Test
    void shouldNotReadTooManySmallValues() {
        answerWithoutEnd(200, "[", "[],".repeat(10_000));

        assertThatThrownBy(client()::signIn)
                .hasMessageContaining(
                        String.format(Locale.ROOT, "has more than %,d JSON tokens", AnswerReader.MOST_BYTES / 8));
    }

    @Test
    void shouldReadOnlyTheBeginningOfAnError() throws Exception {
        answerWithoutEnd(503, "[", "\"" + "x".repeat(1 << 16) + "\",");

        assertThatThrownBy(client()::signIn).hasMessage("RingCentral fails with status 503.");
        ended.await();
    }

    @Test
    void shouldReadPubNubWithinTheSameBounds() {
        answerWithoutEnd(200, "[", "\"" + "x".repeat(1 << 16) + "\",");
        ChannelReader reader = new ChannelReader(
                new Server(address(), Patience.NONE).http(),
                address(),
                new Channel("key", "channel", ""),
                Duration.ofMinutes(1));

        assertThatThrownBy(() -> reader.read(Cursor.START).get()).hasMessageContaining("is longer than");
    }

    /** After one that PubNub lets wait, all that was sent before is known to be read. */
    @ParameterizedTest
    @CsvSource({"http, true", "https, false"})
    void shouldNotTakeAConnectionThatDoesNotBeginForARequestThatPubNubLetsWait(String scheme, boolean waits)
            throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ChannelReader reader = new ChannelReader(
                    new Server(address(), Patience.NONE).http(),
                    URI.create(scheme + "://127.0.0.1:" + silent.getLocalPort()),
                    new Channel("key", "channel", ""),
                    Duration.ofSeconds(3));

            assertThatThrownBy(() -> reader.read(Cursor.START).get())
                    .satisfies(e -> assertThat(e.getCause() instanceof AnswerReader.NoAnswerException)
                            .isEqualTo(waits));
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 65536", "1001, 1"})
    void shouldNotTakeMoreMessagesOfPubNubThanItKeeps(int messages, int length) throws Exception {
        String message = "{\"d\":{\"x\":\"" + "x".repeat(length) + "\"}}";
        String all = IntStream.range(0, messages).mapToObj(i -> message).collect(Collectors.joining(","));
        try (FakeRingCentral pubNub = new FakeRingCentral()) {
            pubNub.on("GET /v2/subscribe/key/channel/0", 200, "{\"t\":{\"t\":\"1\",\"r\":1},\"m\":[" + all + "]}");
            ChannelReader reader = new ChannelReader(
                    new Server(address(), Patience.NONE).http(),
                    pubNub.address(),
                    new Channel("key", "channel", ""),
                    Duration.ofMinutes(1));

            assertThatThrownBy(() -> reader.read(Cursor.START).get())
                    .hasMessageContaining("messages of more than 4,194,304 characters, or with more than 1,000");
        }
    }

    @Test
    void shouldNotOfferHttp2() throws Exception {
        CompletableFuture<List<String>> offered = new CompletableFuture<>();
        try (SSLServerSocket server = (SSLServerSocket)
                SSLContext.getDefault().getServerSocketFactory().createServerSocket(0)) {
            CompletableFuture.runAsync(() -> {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                    socket.setHandshakeApplicationProtocolSelector((connection, protocols) -> {
                        offered.complete(protocols);
                        return "";
                    });
                    socket.startHandshake();
                } catch (IOException noCertificate) {
                    offered.complete(List.of());
                }
            });

            assertThatThrownBy(new Client(
                            new Server(URI.create("https://127.0.0.1:" + server.getLocalPort()), Patience.NONE),
                            FakeRingCentral.CREDENTIALS,
                            Instant::now)::signIn)
                    .isInstanceOf(RingCentralException.class);
            assertThat(offered.get()).doesNotContain("h2");
        }
    }

    @Test
    void shouldReadALongAnswer() {
        String filters = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"/restapi/v1.0/account/1/extension/" + i + "/voicemail\"")
                .collect(Collectors.joining(","));
        ringCentral.on(SUBSCRIPTIONS, 200, "{\"records\":[{\"id\":\"s1\",\"eventFilters\":[" + filters + "]}]}\n");

        assertThat(ringCentral.client().subscriptions().list())
                .singleElement()
                .satisfies(each -> assertThat(each.filters()).hasSize(10_000));
    }

    /** Of long answers one is read at a time. */
    @Test
    void shouldNotWaitForALongAnswerOfPubNub() throws Exception {
        CountDownLatch isRead = new CountDownLatch(1);
        endless.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(("\"" + "x".repeat(16 << 20)).getBytes(UTF_8)); // no buffer takes it
            isRead.countDown();
        });
        CompletableFuture<Batch> slow = new ChannelReader(
                        new Server(address(), Patience.NONE).http(),
                        address(),
                        new Channel("key", "channel", ""),
                        Duration.ofMinutes(5))
                .read(Cursor.START);
        isRead.await();

        shouldReadALongAnswer();

        assertThat(slow).isNotDone();
        slow.cancel(true);
    }

    @Test
    void shouldNotSignInForEachRequestIfTokensAreOld() {
        ringCentral
                .forget("POST /restapi/oauth/token")
                .on("POST /restapi/oauth/token", 200, "{\"access_token\":\"first\",\"expires_in\":0}")
                .on(SUBSCRIPTIONS, 200, "{}");
        Client client = new Client(ringCentral.server(), FakeRingCentral.CREDENTIALS, () -> Instant.EPOCH);

        client.subscriptions().list();
        client.subscriptions().list();

        assertThat(ringCentral.requests()).containsExactly("POST /restapi/oauth/token", SUBSCRIPTIONS, SUBSCRIPTIONS);
    }

    /** Feeds repeat without a limit: they would do nothing else. */
    @Test
    void shouldNotRepeatWithoutAPauseThoughTheServerWantsNone() {
        Duration first = Duration.ofMillis(300);
        AtomicInteger attempts = new AtomicInteger();
        long began = System.nanoTime();

        assertThatThrownBy(() -> new Patience(first, Duration.ofMillis(301), 2).insist(() -> {
                    attempts.incrementAndGet();
                    throw new RingCentralException(Trouble.UNAVAILABLE, "down", Duration.ZERO, null);
                }))
                .hasMessage("down");

        assertThat(attempts).hasValue(3);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(first);
    }

    @Test
    void shouldTakeNoGatewayThatIsNone() {
        ringCentral.on("POST /restapi/oauth/wstoken", 200, "{\"uri\":\"wss://a|b\",\"ws_access_token\":\"abc\"}");

        assertThatThrownBy(ringCentral.client()::gateway)
                .isInstanceOf(RingCentralException.class)
                .hasMessageNotContaining("abc");
    }

    @Test
    void shouldTakeNoSubscriptionWhoseIdIsNone() {
        ringCentral.on(SUBSCRIPTIONS, 200, "{\"records\":[{\"id\":\"" + "x".repeat(1_000) + "\"}]}");

        assertThatThrownBy(() -> ringCentral.client().subscriptions().list()).isInstanceOf(RingCentralException.class);
    }

    @Test
    void shouldNotReadTheSamePageOfTheDirectoryAgainAndAgain() {
        ringCentral.on(
                ENTRIES, 200, "{\"records\":[{\"id\":\"101\",\"type\":\"User\"}],\"paging\":{\"totalPages\":1000000}}");

        assertThatThrownBy(() -> ringCentral.client().directory("1").read(length -> {}, read -> {}))
                .hasMessage(
                        "The directory of the account 1 is not read to its end: page 2 has nothing that is not on the"
                                + " pages before.");
    }

    @Test
    void shouldNotReadADirectoryWithoutAnEnd() {
        for (int page = 0; page <= CompanyDirectory.MOST_EXTENSIONS / 50_000; page++) {
            String entries = IntStream.range(page * 50_000, page * 50_000 + 50_000)
                    .mapToObj(id -> "{\"id\":" + (1_000_000 + id) + "}")
                    .collect(Collectors.joining(","));
            ringCentral.on(ENTRIES, 200, "{\"records\":[" + entries + "],\"paging\":{\"totalPages\":1000000}}");
        }

        assertThatThrownBy(() -> ringCentral.client().directory("1").read(length -> {}, read -> {}))
                .hasMessageContaining("it has more than 250,000 extensions");
    }

    /** Answers all requests, until the client ends the connection. */
    private void answerWithoutEnd(int status, String first, String then) {
        endless.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(status, 0);
                OutputStream body = exchange.getResponseBody();
                body.write(first.getBytes(UTF_8));
                byte[] more = then.getBytes(UTF_8);
                while (true) {
                    body.write(more);
                }
            } finally {
                ended.countDown();
            }
        });
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + endless.getAddress().getPort());
    }

    private Client client() {
        return new Client(new Server(address(), Patience.NONE), FakeRingCentral.CREDENTIALS, Instant::now);
    }
}
