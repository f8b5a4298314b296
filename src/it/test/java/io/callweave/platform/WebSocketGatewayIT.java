package io.callweave.platform;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The WebSocket gateway, as RingCentral's guide and the experiments of its developers describe it. */
@Tag("full")
class WebSocketGatewayIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();
    private static final PhoneCall CALL =
            call().inbound("+15550100002").answeredBy("104").hangUp();

    private final MovableClock clock = new MovableClock();
    private PlatformServer platform;
    private PlatformClient client;

    @BeforeEach
    void start() {
        platform = PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT)), clock);
        client = new PlatformClient(platform, ACCOUNT);
        client.signIn();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void shouldDeliverACallInFrames() {
        SocketClient socket = subscribed();

        CALL.notifications().forEach(platform::publish);

        await().until(() -> sequences(socket).equals(sequences(CALL)));
        JsonNode frame = socket.frames("ServerNotification").get(0);
        assertThat(frame.at("/0/messageId")).isEqualTo(frame.at("/1/uuid"));
        assertThat(frame.at("/1/subscriptionId"))
                .isEqualTo(socket.frames("ClientRequest").get(0).at("/1/id"));
    }

    @Test
    void shouldIntroduceItselfWithItsLimits() {
        SocketClient socket = connected("");

        JsonNode details = socket.frames("ConnectionDetails").get(0);
        assertThat(details.at("/0/wsc/token").asText()).isNotEmpty();
        assertThat(details.at("/1/recoveryBufferSize").asInt()).isEqualTo(100);
        assertThat(details.at("/1/recoveryTimeout").asInt()).isEqualTo(180);
        assertThat(details.at("/1/absoluteTimeout").asInt()).isEqualTo(86_400);
        assertThat(details.at("/1").has("recoveryState")).isFalse();
    }

    @Test
    void shouldAnswerAHeartbeat() {
        SocketClient socket = connected("");

        socket.send("[{\"type\":\"Heartbeat\",\"messageId\":\"beat-1\"}]");

        await().until(() -> !socket.frames("Heartbeat").isEmpty());
        assertThat(socket.frames("Heartbeat").get(0).at("/0/messageId").asText())
                .isEqualTo("beat-1");
    }

    @Test
    void shouldSendWhatWasMissedToARecoveredSession() {
        SocketClient socket = subscribed();
        String wsc = wsc(socket);

        platform.faults().disconnect();
        CALL.notifications().forEach(platform::publish);
        SocketClient recovered = connected(wsc);

        assertThat(recovery(recovered)).isEqualTo("Successful");
        await().until(() -> sequences(recovered).equals(sequences(CALL)));
    }

    @Test
    void shouldLoseTheOldestOfMoreThanAHundredMessages() {
        SocketClient socket = subscribed();
        String wsc = wsc(socket);
        List<Notification> missed = java.util.stream.IntStream.range(0, 30)
                .mapToObj(seed -> call().seeded(seed)
                        .inbound("+15550100002")
                        .answeredBy("104")
                        .hangUp())
                .flatMap(one -> one.notifications().stream())
                .toList();

        platform.faults().disconnect();
        missed.forEach(platform::publish);
        SocketClient recovered = connected(wsc);

        assertThat(missed).hasSizeGreaterThan(100);
        await().until(() -> recovered.frames("ServerNotification").size() == 100);
        assertThat(recovered
                        .frames("ServerNotification")
                        .get(99)
                        .at("/1/body/telephonySessionId")
                        .asText())
                .isEqualTo(missed.get(missed.size() - 1).telephonySessionId());
    }

    @Test
    void shouldNotRecoverASessionAfterThreeMinutes() {
        SocketClient socket = subscribed();
        String wsc = wsc(socket);

        platform.faults().disconnect();
        clock.advance(Duration.ofSeconds(181));
        SocketClient late = connected(wsc);

        assertThat(recovery(late)).isEqualTo("Failed");
        await().until(() ->
                client.get(PlatformClient.SUBSCRIPTION).json().path("records").isEmpty());
    }

    @Test
    void shouldNotRecoverASessionOfAnotherSignIn() {
        SocketClient socket = subscribed();
        String wsc = wsc(socket);
        platform.faults().disconnect();

        client.signIn();
        SocketClient other = connected(wsc);

        assertThat(recovery(other)).isEqualTo("Failed");
        assertThat(other.frames("ConnectionDetails")
                        .get(0)
                        .at("/1/recoveryErrorCode")
                        .asText())
                .isEqualTo("WSG-1003");
    }

    @Test
    void shouldNotRecoverASessionWithoutASubscription() {
        String wsc = wsc(connected(""));
        platform.faults().disconnect();

        SocketClient again = connected(wsc);

        assertThat(again.frames("ConnectionDetails")
                        .get(0)
                        .at("/1/recoveryErrorCode")
                        .asText())
                .isEqualTo("WSG-1005");
    }

    @Test
    void shouldRefuseASessionTokenThatIsNone() {
        SocketClient socket = SocketClient.connect(client, "invented");

        await().until(() -> !socket.frames("Error").isEmpty() && socket.isClosed());
        assertThat(socket.frames("Error").get(0).at("/1/errorCode").asText()).isEqualTo("WSG-400");
    }

    @Test
    void shouldEndEachConnectionOnceADay() {
        SocketClient socket = subscribed();

        clock.advance(Duration.ofHours(24));

        await().until(() -> !socket.frames("Error").isEmpty() && socket.isClosed());
        assertThat(socket.frames("Error").get(0).at("/1/errorCode").asText()).isEqualTo("WSG-903");
    }

    @Test
    void shouldReplaceTheSubscriptionOfASession() {
        SocketClient socket = subscribed();

        socket.subscribe("second", PlatformClient.SESSIONS + "?direction=Inbound");

        await().until(() -> socket.frames("ClientRequest").size() == 2);
        assertThat(client.get(PlatformClient.SUBSCRIPTION).json().path("records"))
                .hasSize(1);
    }

    private SocketClient connected(String wsc) {
        SocketClient socket = SocketClient.connect(client, wsc);
        await().until(() -> !socket.frames("ConnectionDetails").isEmpty());
        return socket;
    }

    private SocketClient subscribed() {
        SocketClient socket = connected("");
        socket.subscribe("first", PlatformClient.SESSIONS);
        await().until(() -> !socket.frames("ClientRequest").isEmpty());
        assertThat(socket.frames("ClientRequest").get(0).at("/0/status").asInt())
                .isEqualTo(200);
        return socket;
    }

    private static String wsc(SocketClient socket) {
        return socket.frames("ConnectionDetails").get(0).at("/0/wsc/token").asText();
    }

    private static String recovery(SocketClient socket) {
        return socket.frames("ConnectionDetails").get(0).at("/1/recoveryState").asText();
    }

    private static List<Long> sequences(SocketClient socket) {
        return socket.frames("ServerNotification").stream()
                .map(frame -> frame.at("/1/body/sequence").asLong())
                .toList();
    }

    private static List<Long> sequences(PhoneCall call) {
        return call.notifications().stream().map(Notification::sequence).toList();
    }
}
