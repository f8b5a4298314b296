package io.callweave.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.RoutingResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bench bridge} sends, and what counts as accepted. */
@Timeout(value = 1, unit = TimeUnit.MINUTES) // for what would hang
class WebhookPostsTest {

    private static final String TOKEN = "Verification-Token";

    private final Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();
    private final Queue<List<String>> tokens = new ConcurrentLinkedQueue<>();
    private HttpServer bridge;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bridge.createContext("/", exchange -> {
            bodies.add(exchange.getRequestBody().readAllBytes());
            tokens.add(exchange.getRequestHeaders().getOrDefault(TOKEN, List.of()));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        bridge.start();
    }

    @AfterEach
    void stop() {
        bridge.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"200, true", "401, false", "302, false", "503, false"})
    void shouldCountEachAnswerAsItIs(int answer, boolean accepted) {
        status = answer;

        try (WebhookPosts posts = posts("")) {
            assertThat(posts.apply(0).join()).isEqualTo(accepted);
        }
    }

    @Test
    void shouldSendNotificationsOfTheAccount() {
        try (WebhookPosts posts = posts("the-token")) {
            posts.apply(0).join();
            posts.apply(1).join();
        }

        assertThat(tokens).containsExactly(List.of("the-token"), List.of("the-token"));
        assertThat(bodies).hasSize(2).allSatisfy(body -> {
            assertThat(body).hasSize(900);
            RoutingResult routing = new NotificationKeyer(body.length).key(body);
            assertThat(routing).isInstanceOf(RoutingResult.Keyed.class);
            assertThat(routing.account()).isEqualTo("809646016");
        });
    }

    private WebhookPosts posts(String token) {
        URI url = URI.create("http://127.0.0.1:" + bridge.getAddress().getPort() + "/webhooks/809646016");
        return new WebhookPosts(url, token, "809646016");
    }
}
