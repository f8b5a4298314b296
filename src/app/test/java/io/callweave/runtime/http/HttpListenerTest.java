package io.callweave.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class HttpListenerTest {

    private static final int MOST = 20;

    /** Else one tenant could keep the webhooks of all others out. */
    @Test
    void shouldCloseConnectionsOfAKnownSenderWithManyBeforeThoseOfOthers() throws Exception {
        HttpLimits limits = new HttpLimits(
                8 << 10, MOST, HttpLimits.OfAddress.ANY, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO);
        HttpListener.Place place = new HttpListener.Place("The test cannot", "127.0.0.1", 0, "none");
        List<Socket> open = new ArrayList<>();
        try (HttpListener listener = HttpListener.start(
                place, limits, new Vouching(), (request, response, callback) -> false, closed -> {})) {
            int port = listener.port();
            Socket few = new Socket("127.0.0.1", port);
            open.add(few);
            assertThat(ask(few, "/few")).startsWith("HTTP/1.1 200");

            for (int i = 0; i < 3 * MOST; i++) {
                Socket many = new Socket("127.0.0.1", port);
                open.add(many);
                ask(many, "/many");
            }

            assertThat(ask(few, "/few")).startsWith("HTTP/1.1 200");
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    private static String ask(Socket socket, String path) throws IOException {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").getBytes(US_ASCII));
        byte[] answer = new byte[1_000];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), US_ASCII);
    }

    /** Knows each sender by the path. */
    private static final class Vouching extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            HttpListener.vouchFor(request, request.getHttpURI().getPath());
            callback.succeeded();
            return true;
        }
    }
}
