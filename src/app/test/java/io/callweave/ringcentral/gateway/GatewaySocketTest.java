package io.callweave.ringcentral.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.ringcentral.RawGateway;
import io.callweave.ringcentral.RingCentralException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway sends that does not keep to any measure. */
@Timeout(120) // stops a test that hangs
class GatewaySocketTest {

    private static final String PART = "x".repeat(60_000);
    private static final String FRAME = "[{\"type\":\"ServerNotification\"},{\"text\":\"" + PART + "\"}]";

    private static final String REFUSED = "The WebSocket gateway at 127.0.0.1 does not let us in.";

    /** Of all that a gateway would send, 128 MB. */
    private static final int MANY = 2_000;

    @Test
    void shouldEndAConnectionWhoseMessageDoesNotEnd() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway(to -> {
                    try {
                        to.part(true, PART);
                        while (true) {
                            to.part(false, PART);
                        }
                    } finally {
                        ended.countDown();
                    }
                });
                GatewaySocket connection = GatewaySocket.open(gateway.address())) {
            assertThatThrownBy(() -> readToTheEnd(connection))
                    .isInstanceOf(RingCentralException.class)
                    .hasMessage(String.format(
                            Locale.ROOT,
                            "The WebSocket gateway sends a message of more than %,d characters.",
                            GatewaySocket.LONGEST));
            ended.await();
        }
    }

    @Test
    void shouldAskForNoMoreThanHasRoomAndLoseNothing() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway(to -> {
                    for (int i = 0; i < MANY; i++) {
                        to.text(FRAME);
                    }
                    sent.countDown();
                    await();
                });
                GatewaySocket connection = GatewaySocket.open(gateway.address())) {
            assertThat(sent.await(2, TimeUnit.SECONDS))
                    .as("all was taken though nobody reads")
                    .isFalse();

            for (int i = 0; i < MANY; i++) {
                assertThat(next(connection).text()).hasSameSizeAs(FRAME);
            }
            sent.await();
            assertThat(connection.isDrained()).isTrue();
        }
    }

    /** Pings, whose answers the gateway does not read, and messages without a character. */
    @ParameterizedTest
    @ValueSource(strings = {"890170", "8100"})
    void shouldTakeNoMoreSmallFramesThanHaveRoom(String frame) throws Exception {
        byte[] some = HexFormat.of().parseHex(frame.repeat(20_000));
        CountDownLatch sent = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway(to -> {
            for (int i = 0; i < MANY; i++) {
                to.bytes(some);
            }
            sent.countDown();
        })) {
            GatewaySocket connection = GatewaySocket.open(gateway.address());
            assertThat(sent.await(2, TimeUnit.SECONDS))
                    .as("all was taken though nobody reads")
                    .isFalse();
            connection.close();
        }
    }

    /** Each costs as much as a long one: pongs, parts and messages without a character. */
    @ParameterizedTest
    @ValueSource(strings = {"8a0170", "0000", "8100"})
    void shouldEndAConnectionWithVeryManySmallFrames(String frame) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway(to -> {
                    if (frame.startsWith("00")) {
                        to.part(true, PART);
                    }
                    byte[] some = HexFormat.of().parseHex(frame.repeat(1_001));
                    to.bytes(some);
                    goOn(unused -> to.bytes(some), ended);
                });
                GatewaySocket connection = GatewaySocket.open(gateway.address())) {
            assertThatThrownBy(() -> readToTheEnd(connection))
                    .isInstanceOf(RingCentralException.class)
                    .hasMessage("The WebSocket gateway sends more than 1,000 small frames a minute.");
            ended.await();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a reserved bit, c100",
        "an unknown kind, 8300",
        "a length of 2^63, 817f8000000000000000",
        "a length of 2^62, 817f4000000000000000",
        "a mask, 818100000000",
        "a long ping, 897e007e",
        "a part of a ping, 0900",
        "a part of no message, 8000",
        "a message in a message, 01008100",
        "no UTF-8, 8101ff",
    })
    void shouldEndAConnectionWhoseFramesAreNone(String ignored, String frame) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawGateway gateway = new RawGateway(to -> {
                    to.bytes(HexFormat.of().parseHex(frame));
                    goOn(to::bytes, ended);
                });
                GatewaySocket connection = GatewaySocket.open(gateway.address())) {
            assertThatThrownBy(() -> readToTheEnd(connection))
                    .isInstanceOf(RingCentralException.class)
                    .hasMessage("The WebSocket gateway ended the connection.");
            ended.await();
        }
    }

    /** The body of an answer has no end; nobody reads it, and no header makes a second request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 OK",
                "100 Continue",
                "103 Early Hints",
                "302 Found\r\nLocation: OTHER",
                "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"a\"",
                "503 Service Unavailable\r\nRetry-After: 0",
                "101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade",
                "101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: a",
                "101 Switching Protocols",
            })
    void shouldCloseAConnectionThatIsRefused(String answer) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawGateway other = new RawGateway(to -> await());
                RawGateway gateway = RawGateway.answering(out -> {
                    out.write(("HTTP/1.1 "
                                    + answer.replace("OTHER", other.address().toString())
                                    + "\r\nSet-Cookie: a=b\r\nContent-Length: 900000000000\r\n\r\n")
                            .getBytes(UTF_8));
                    goOn(out::write, ended);
                })) {
            assertRefused(gateway.address());
            ended.await();
            assertRefused(gateway.address());

            assertThat(gateway.heads())
                    .hasSize(2)
                    .noneMatch(head -> head.matches("(?is).*(cookie|authorization|sec-websocket-extensions):.*"));
            assertThat(other.heads()).isEmpty();
        }
    }

    /** Each byte comes in time; the whole does not. */
    @ParameterizedTest
    @CsvSource({"ws, HTTP/1.1 101", "ws, HTTP/1.1 503 N", "wss, 1603033000020030000303", "wss, "})
    void shouldWaitForAHandshakeOnlySoLong(String scheme, String begin) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        byte[] first = begin == null
                ? new byte[0]
                : scheme.equals("ws") ? begin.getBytes(UTF_8) : HexFormat.of().parseHex(begin);
        try (GatewayClient hasty = new GatewayClient(Duration.ofMillis(500));
                RawGateway gateway = RawGateway.answering(out -> {
                    out.write(first);
                    try {
                        while (true) {
                            out.write(begin == null ? new byte[0] : new byte[] {'a'});
                            Thread.sleep(100);
                        }
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    } finally {
                        ended.countDown();
                    }
                })) {
            URI address = URI.create(scheme + gateway.address().toString().substring(2));

            assertThatThrownBy(() -> GatewaySocket.open(hasty, address)).hasMessage(REFUSED);
            if (begin != null) {
                ended.await();
            }
        }
    }

    @Test
    void shouldUseTheProxyOfTheMachine() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        try (RawGateway proxy = new RawGateway(to -> to.text(FRAME))) {
            ProxySelector.setDefault(ProxySelector.of(
                    new InetSocketAddress("127.0.0.1", proxy.address().getPort())));
            try (GatewaySocket connection = GatewaySocket.open(URI.create("ws://gateway.invalid:81/ws"))) {
                assertThat(next(connection).text()).isEqualTo(FRAME);
                assertThat(proxy.heads()).first().asString().startsWith("CONNECT gateway.invalid:81 ");
            }
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void shouldCloseAConnectionThatAProxyRefuses() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        CountDownLatch ended = new CountDownLatch(1);
        try (RawGateway proxy = RawGateway.answering(out -> {
            out.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 900000000000\r\n\r\n".getBytes(UTF_8));
            goOn(out::write, ended);
        })) {
            ProxySelector.setDefault(ProxySelector.of(
                    new InetSocketAddress("127.0.0.1", proxy.address().getPort())));

            assertThatThrownBy(() -> GatewaySocket.open(URI.create("wss://other.invalid/ws")))
                    .hasMessage("The WebSocket gateway at other.invalid does not let us in.");
            ended.await();
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://a_b", "//gateway", "https://gateway", "gateway"})
    void shouldNotConnectToWhatIsNoGateway(String address) {
        assertThatThrownBy(() -> GatewaySocket.open(URI.create(address + "?access_token=hush")))
                .isInstanceOf(RingCentralException.class)
                .hasMessageNotContaining("hush");
    }

    private static void assertRefused(URI gateway) {
        assertThatThrownBy(() -> GatewaySocket.open(gateway))
                .isInstanceOf(RingCentralException.class)
                .hasMessage(REFUSED);
    }

    @FunctionalInterface
    private interface Sink {
        void write(byte... bytes) throws IOException;
    }

    /** Until the client closes the connection. */
    private static void goOn(Sink sink, CountDownLatch ended) throws IOException {
        try {
            while (true) {
                sink.write(new byte[60_000]);
            }
        } finally {
            ended.countDown();
        }
    }

    private static void await() throws IOException {
        try {
            Thread.sleep(Duration.ofMinutes(2).toMillis()); // ended by the test, which closes the socket
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Frame next(GatewaySocket connection) throws InterruptedException {
        Frame frame = null;
        while (frame == null) {
            frame = connection.poll(Duration.ofMillis(100));
        }
        return frame;
    }

    private static void readToTheEnd(GatewaySocket connection) throws InterruptedException {
        while (true) {
            Frame unused = connection.poll(Duration.ofMillis(100));
        }
    }
}
