package io.callweave.bridge.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.callweave.bridge.OneAccount;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.MemoryHolder;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.transport.Bridge;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.RawGateway;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.TelephonyFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that does not keep to any measure: the bridge says so, and needs no more memory. */
class HostileGatewayIT {

    private static final String ACCOUNT = "400001001";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Patience SHORT = new Patience(Duration.ofMillis(20), Duration.ofMillis(100), -1);
    private static final FeedTimes TIMES =
            new FeedTimes(Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofMinutes(1), SHORT);
    private static final String DETAILS =
            "[{\"type\":\"ConnectionDetails\",\"wsc\":{\"token\":\"t\"}},{\"recoveryState\":\"None\"}]";
    private static final String NOTIFICATION = "[{\"type\":\"ServerNotification\"},{\"event\":\"/restapi/v1.0/account/"
            + ACCOUNT + "/telephony/sessions\",\"body\":{\"telephonySessionId\":\"s-1\",\"sequence\":1,\"text\":\""
            + "x".repeat(60_000) + "\"}}]";

    /** 30 MB of them, more than buffers have room for. */
    private static final int MANY = 500;

    @TempDir
    private Path folder;

    private final MemorySink sink = new MemorySink();
    private HttpServer ringCentral;
    private Bridge bridge;

    @BeforeEach
    void start() throws IOException {
        ringCentral = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ringCentral.start();
    }

    @AfterEach
    void stop() {
        bridge.close();
        ringCentral.stop(0);
    }

    @Test
    void shouldSayThatAMessageIsTooLong() throws IOException {
        try (RawGateway gateway = new RawGateway(to -> {
            to.part(true, "[");
            while (true) {
                to.part(false, NOTIFICATION);
            }
        })) {
            connect(gateway);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.accountsHealth())
                            .contains("The WebSocket gateway sends a message of more than"));
        }
    }

    /** Between a request and its answer, notifications can come; they wait for Kafka as others do. */
    @Test
    void shouldTakeNoMoreNotificationsThanHaveRoomFromAGatewayThatDoesNotAnswer() throws Exception {
        sink.room(false);
        AtomicInteger sent = new AtomicInteger();
        try (RawGateway gateway = new RawGateway(to -> {
            to.text(DETAILS);
            for (int i = 0; i < MANY; i++) {
                to.text(NOTIFICATION);
                sent.incrementAndGet();
            }
        })) {
            connect(gateway);

            await().atMost(PATIENCE).until(() -> sink.refused() > 0);
            int before;
            do {
                before = sent.get();
                Thread.sleep(2_000);
            } while (sent.get() > before);
            assertThat(before).as("all was taken").isLessThan(MANY);
            sink.room(true);
            await().atMost(PATIENCE).until(() -> sink.of("notifications").size() >= MANY);
        }
    }

    private void connect(RawGateway gateway) {
        answer("/restapi/oauth/token", "{\"access_token\":\"a\",\"expires_in\":3600}");
        answer(
                "/restapi/oauth/wstoken",
                "{\"uri\":\"" + gateway.address() + "\",\"ws_access_token\":\"b\",\"expires_in\":30}");
        bridge = Bridge.open(
                OneAccount.bridge(
                        OneAccount.accounts(
                                null, ACCOUNT, TelephonyFilter.OF_ACCOUNT, Connection.Way.WEBSOCKET, false, Set.of()),
                        folder,
                        Duration.ofMillis(100)),
                sink,
                new SimpleMeterRegistry());
        Server server = new Server(
                URI.create("http://127.0.0.1:" + ringCentral.getAddress().getPort()),
                new Patience(SHORT.first(), SHORT.longest(), 1));
        bridge.start(services -> WebSocketTransport.start(services, new MemoryHolder(), server, TIMES));
    }

    private void answer(String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        ringCentral.createContext(path, exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }
}
