package io.callweave.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.local.KeyStores;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sends without a pause: what is read of it before others come. All of it has been sent before the first read. */
class PacedReadsTest {

    /** Fits into the buffers of any system. */
    private static final int SENT = 100_000;

    /** The buffers of the server are smaller. */
    private static final int OF_A_TURN = 32 << 10;

    @TempDir
    private Path folder;

    private final CompletableFuture<Exchange> arrived = new CompletableFuture<>();

    private record Exchange(Request request, Callback callback) {}

    @ParameterizedTest
    @CsvSource({"'', 1|X|", "100000|, one chunk"})
    void shouldReadOnceATurn(String first, String repeated) throws Exception {
        try (HttpListener listener = start(null);
                Socket socket = new Socket("127.0.0.1", listener.port())) {
            begin(socket);
            socket.getOutputStream()
                    .write((first + repeated.repeat(SENT / repeated.length()))
                            .replace("|", "\r\n")
                            .getBytes(US_ASCII));

            readTurnsOf(OF_A_TURN);
        }
    }

    /** Each record is decrypted alone. */
    @Test
    @Tag("full")
    void shouldReadTinyRecordsOfTlsOnceATurn() throws Exception {
        int leastOfARecord = 22;
        SSLContext context = KeyStores.context(KeyStores.make(folder, "test", "EC"));
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(context);
        try (HttpListener listener = start(tls);
                Socket socket = context.getSocketFactory().createSocket("127.0.0.1", listener.port())) {
            begin(socket);
            byte[] chunks = "1\r\nX\r\n".repeat(SENT / leastOfARecord / 6).getBytes(US_ASCII);
            for (byte each : chunks) {
                socket.getOutputStream().write(each);
            }

            readTurnsOf(OF_A_TURN / leastOfARecord);
        }
    }

    private void begin(Socket socket) throws Exception {
        socket.getOutputStream()
                .write("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII));
        arrived.get();
    }

    /** Reads what there is, a few times, as on each turn of the selector. */
    private void readTurnsOf(int mostBytes) throws Exception {
        Exchange exchange = arrived.get();
        Request request = exchange.request();
        Connection connection = request.getConnectionMetaData().getConnection();
        for (int i = 0; i < 4; i++) {
            long before = i == 0 ? 0 : connection.getBytesIn();
            for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
                assertThat(chunk.getFailure()).isNull();
                chunk.release();
            }
            assertThat(connection.getBytesIn() - before).isBetween(1L, (long) mostBytes);
            CompletableFuture<Void> readable = new CompletableFuture<>();
            request.demand(() -> readable.complete(null));
            readable.get();
        }
        exchange.callback().failed(new ClientLeft());
    }

    private HttpListener start(SslContextFactory.@Nullable Server tls) {
        HttpLimits limits = new HttpLimits(
                8 << 10, 20, HttpLimits.OfAddress.ANY, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO);
        return HttpListener.start(
                new HttpListener.Place("The test cannot", "127.0.0.1", 0, "none", tls),
                limits,
                new Handler.Abstract.NonBlocking() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        arrived.complete(new Exchange(request, callback));
                        return true;
                    }
                },
                (request, response, callback) -> false,
                closed -> {});
    }
}
