package io.callweave.ringcentral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.local.KeyStores;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server at {@code ringcentral.server} whose certificate is trusted. */
@Timeout(120) // stops a test that hangs
class HostileTlsTest {

    private static final String SIGNED_IN = "{\"access_token\":\"abc\",\"expires_in\":3600}";

    @TempDir
    private Path folder;

    private SSLContext before;
    private SSLServerSocket server;

    @BeforeEach
    void start() throws Exception {
        before = SSLContext.getDefault();
        SSLContext.setDefault(KeyStores.context(KeyStores.make(folder, "server", "EC")));
        server = (SSLServerSocket)
                SSLContext.getDefault().getServerSocketFactory().createServerSocket(0);
    }

    @AfterEach
    void stop() throws IOException {
        SSLContext.setDefault(before);
        server.close();
    }

    @Test
    void shouldTakeAnAnswer() {
        answerAfter(20);

        assertThatCode(client("127.0.0.1")::signIn).doesNotThrowAnyException();
    }

    /** Java keeps each session ticket as long as the connection. What a test can send are changes of the key. */
    @Test
    void shouldNotTakeRecordsWithoutAnEnd() {
        answerAfter(1_000);

        assertThatThrownBy(client("127.0.0.1")::signIn)
                .isInstanceOf(RingCentralException.class)
                .hasRootCauseMessage("Too many records of TLS.");
    }

    @Test
    void shouldCloseAConnectionWhoseHandshakeDoesNotEnd() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("https://127.0.0.1:" + silent.getLocalPort());

            assertThatThrownBy(
                            new Client(new Server(address, Patience.NONE), FakeRingCentral.CREDENTIALS, Instant::now)
                                    ::signIn)
                    .hasMessageEndingWith(": no answer in time.");
            try (Socket socket = silent.accept()) {
                socket.setSoTimeout(60_000);
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    @Test
    void shouldVerifyTheName() {
        answerAfter(0);

        assertThatThrownBy(client("localhost")::signIn).hasMessageEndingWith(": the TLS certificate is not accepted.");
    }

    /** @param records of TLS, without data, before the answer */
    private void answerAfter(int records) {
        CompletableFuture.runAsync(() -> {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.getInputStream().read();
                for (int i = 0; i < records; i++) {
                    socket.startHandshake(); // after the first one, a change of the key
                }
                socket.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Length: " + SIGNED_IN.length() + "\r\n\r\n" + SIGNED_IN)
                                .getBytes(UTF_8));
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Client client(String host) {
        URI address = URI.create("https://" + host + ":" + server.getLocalPort());
        return new Client(new Server(address, Patience.NONE), FakeRingCentral.CREDENTIALS, Instant::now);
    }
}
