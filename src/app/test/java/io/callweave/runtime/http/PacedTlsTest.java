package io.callweave.runtime.http;

import static io.callweave.runtime.http.RawRequests.ask;
import static io.callweave.runtime.http.RawRequests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callweave.local.KeyStores;
import io.callweave.settings.value.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All connections come from one network, as those behind a load balancer do. */
class PacedTlsTest {

    private static final int PLACES = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final int MOST_CONNECTIONS = 100;
    private static final int NOT_SERVED_MS = 500;
    private static final int SERVED_MS = 20_000;

    @TempDir
    private static Path folder;

    private static Path store;

    private static SSLContext context;

    private final List<Socket> open = new ArrayList<>();
    private final Blocking handler = new Blocking();

    @BeforeAll
    static void makeStore() throws Exception {
        store = KeyStores.make(folder, "server", "EC");
        context = KeyStores.context(store);
    }

    @AfterEach
    void close() throws IOException {
        handler.go.countDown();
        for (Socket each : open) {
            each.close();
        }
    }

    /** Else one wrong byte of a stranger, such as a scanner's, would make known senders wait behind all strangers. */
    @Test
    void shouldServeAKnownSenderAtOnceWhateverAStrangerBesideItSent() throws Exception {
        try (HttpListener listener = listening(HttpLimits.OfAddress.ANY)) {
            Socket known = connected(listener);
            assertThat(ask(known, "/known")).startsWith("HTTP/1.1 200");
            try (Socket plain = new Socket("127.0.0.1", listener.port())) {
                send(plain, "/");
                plain.getInputStream().readAllBytes();
            }

            takeAllPlaces(listener);

            assertThat(ask(known, "/known")).startsWith("HTTP/1.1 200");
        }
    }

    /** The bytes that are read to find the header of a proxy are those that cost the most. */
    @Test
    void shouldLetStrangersWaitAlsoBehindATrustedProxy() throws Exception {
        HttpLimits.OfAddress proxies =
                new HttpLimits.OfAddress(0, List.of(Network.parse("127.0.0.0/8").orElseThrow()));
        try (HttpListener listener = listening(proxies)) {
            takeAllPlaces(listener);

            Socket waiting = new Socket("127.0.0.1", listener.port());
            waiting.setSoTimeout(NOT_SERVED_MS);
            assertThatThrownBy(() -> connected(waiting)).isInstanceOf(SocketTimeoutException.class);

            handler.go.countDown();
            assertThat(ask(connected(listener), "/known")).startsWith("HTTP/1.1 200");
        }
    }

    /** One with a token could else do on many connections what strangers cannot. */
    @Test
    void shouldLetASenderWaitThatSentWrongTlsRightAfterARequest() throws Exception {
        try (HttpListener listener = listening(HttpLimits.OfAddress.ANY)) {
            Socket known = connected(listener);
            assertThat(ask(known, "/known")).startsWith("HTTP/1.1 200");
            HeldSocket held = new HeldSocket(listener.port());
            Socket wrong = connected(held);
            assertThat(ask(wrong, "/known")).startsWith("HTTP/1.1 200");
            held.hold();
            send(wrong, "/known");
            held.sendWith(new byte[] {23, 3, 3, 0, 32}, new byte[32]);
            assertThatThrownBy(() -> wrong.getInputStream().readAllBytes()).isInstanceOf(IOException.class);

            takeAllPlaces(listener);
            known.setSoTimeout(NOT_SERVED_MS);

            assertThatThrownBy(() -> ask(known, "/known")).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** Else readiness would promise what new senders do not get. */
    @Test
    void shouldSayThatNobodyElseGetsInWhileStrangersWaitForLong() throws Exception {
        try (HttpListener listener = listening(HttpLimits.OfAddress.ANY)) {
            takeAllPlaces(listener);
            assertThat(listener.isFull()).isFalse();

            Socket waiting = new Socket("127.0.0.1", listener.port());
            waiting.setSoTimeout(NOT_SERVED_MS);
            assertThatThrownBy(() -> connected(waiting)).isInstanceOf(SocketTimeoutException.class);

            await().until(listener::isFull);
        }
    }

    /** Else those who say nothing would outlive it. */
    @Test
    void shouldMakeRoomByThoseWhoSayNothingBeforeASenderThatWaitedInLine() throws Exception {
        try (HttpListener listener = listening(HttpLimits.OfAddress.ANY)) {
            takeAllPlaces(listener);
            Socket plain = new Socket("127.0.0.1", listener.port());
            plain.setSoTimeout(SERVED_MS);
            Future<Socket> waiting = Executors.newCachedThreadPool().submit(() -> connected(plain));
            Socket silent = new Socket("127.0.0.1", listener.port());
            open.add(silent);
            sayNothing(listener, MOST_CONNECTIONS * 8 / 10);

            handler.go.countDown();
            Socket sender = waiting.get();
            sayNothing(listener, MOST_CONNECTIONS / 4);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);

            assertThat(ask(sender, "/known")).startsWith("HTTP/1.1 200");
        }
    }

    private void sayNothing(HttpListener listener, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            open.add(new Socket("127.0.0.1", listener.port()));
        }
    }

    private void takeAllPlaces(HttpListener listener) throws Exception {
        for (int i = 0; i < PLACES; i++) {
            send(connected(listener), "/slow");
        }
        await().until(() -> handler.taken.get() == PLACES);
    }

    private HttpListener listening(HttpLimits.OfAddress ofAddress) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(store.toString());
        tls.setKeyStorePassword(KeyStores.PASSWORD);
        HttpLimits limits = new HttpLimits(
                8 << 10, MOST_CONNECTIONS, ofAddress, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO);
        HttpListener.Place place = new HttpListener.Place("The test cannot", "127.0.0.1", 0, "none", tls);
        return HttpListener.start(place, limits, handler, (request, response, callback) -> false, closed -> {});
    }

    private Socket connected(HttpListener listener) throws Exception {
        Socket plain = new Socket("127.0.0.1", listener.port());
        plain.setSoTimeout(SERVED_MS);
        return connected(plain);
    }

    private Socket connected(Socket plain) throws Exception {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
        open.add(socket);
        socket.setSoTimeout(plain.getSoTimeout());
        socket.startHandshake();
        socket.setSoTimeout(SERVED_MS);
        return socket;
    }

    /** Answers requests for /slow only after {@code go}, and knows the sender of all others. */
    private static final class Blocking extends Handler.Abstract {

        private final CountDownLatch go = new CountDownLatch(1);
        private final AtomicInteger taken = new AtomicInteger();

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws InterruptedException {
            if (request.getHttpURI().getPath().equals("/slow")) {
                taken.incrementAndGet();
                go.await();
            } else {
                HttpListener.vouchFor(request, "sender");
            }
            callback.succeeded();
            return true;
        }
    }

    /** Can send several records at once. */
    private static final class HeldSocket extends Socket {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean holds;

        private HeldSocket(int port) throws IOException {
            super("127.0.0.1", port);
        }

        private void hold() {
            holds = true;
        }

        private void sendWith(byte[]... more) throws IOException {
            for (byte[] each : more) {
                bytes.write(each);
            }
            super.getOutputStream().write(bytes.toByteArray());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b});
                }

                @Override
                public void write(byte[] some, int from, int length) throws IOException {
                    (holds ? bytes : out).write(some, from, length);
                }
            };
        }
    }
}
