package io.callweave.runtime.http;

import static io.callweave.runtime.http.RawRequests.ask;
import static io.callweave.runtime.http.RawRequests.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpListenerTest {

    private static final int MOST = 20;
    private static final int GRACE_MS = 600;

    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket each : open) {
            each.close();
        }
    }

    /** Else one tenant could keep the webhooks of all others out. */
    @Test
    void shouldCloseConnectionsOfAKnownSenderWithManyBeforeThoseOfOthers() throws Exception {
        try (HttpListener listener = listening()) {
            Socket few = connected(listener);
            assertThat(ask(few, "/few")).startsWith("HTTP/1.1 200");

            for (int i = 0; i < 3 * MOST; i++) {
                ask(connected(listener), "/many");
            }

            assertThat(ask(few, "/few")).startsWith("HTTP/1.1 200");
        }
    }

    /** The server has done its work then: it waits for the client. */
    @Test
    void shouldMakeRoomAlsoWhenNobodyReadsItsAnswer() throws Exception {
        try (HttpListener listener = listening()) {
            for (int i = 0; i < MOST; i++) {
                Socket reader = connected(listener);
                send(reader, "/long");
                assertThat(reader.getInputStream().read()).isPositive();
            }
            // Those that are younger are closed only if many come.
            Thread.sleep(GRACE_MS);

            assertThat(ask(connected(listener), "/few")).startsWith("HTTP/1.1 200");
        }
    }

    private static HttpListener listening() {
        HttpLimits limits = new HttpLimits(
                8 << 10, MOST, HttpLimits.OfAddress.ANY, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO);
        HttpListener.Place place = new HttpListener.Place("The test cannot", "127.0.0.1", 0, "none");
        return HttpListener.start(place, limits, new Vouching(), (request, response, callback) -> false, closed -> {});
    }

    private Socket connected(HttpListener listener) throws IOException {
        Socket socket = new Socket("127.0.0.1", listener.port());
        socket.setSoTimeout(20_000);
        open.add(socket);
        return socket;
    }

    /** Knows each sender by the path, but those of long answers. */
    private static final class Vouching extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = request.getHttpURI().getPath();
            if (path.equals("/long")) {
                response.write(true, ByteBuffer.allocate(16 << 20), callback);
            } else {
                HttpListener.vouchFor(request, path);
                callback.succeeded();
            }
            return true;
        }
    }
}
