package io.callweave.ringcentral.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.ringcentral.RawGateway;
import io.callweave.ringcentral.RingCentralException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway sends that does not keep to any measure. */
@Timeout(120) // stops a test that hangs
class GatewaySocketTest {

    private static final String PART = "x".repeat(60_000);
    private static final String FRAME = "[{\"type\":\"ServerNotification\"},{\"text\":\"" + PART + "\"}]";

    /** Of all that a gateway would send, 128 MB. */
    private static final int MANY = 2_000;

    private final HttpClient http = HttpClient.newHttpClient();

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
                GatewaySocket connection = GatewaySocket.open(http, gateway.address())) {
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
                GatewaySocket connection = GatewaySocket.open(http, gateway.address())) {
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

    @Test
    void shouldNotConnectToWhatIsNoGateway() {
        assertThatThrownBy(() -> GatewaySocket.open(http, URI.create("ws://a_b?access_token=hush")))
                .isInstanceOf(RingCentralException.class)
                .hasMessageNotContaining("hush");
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
