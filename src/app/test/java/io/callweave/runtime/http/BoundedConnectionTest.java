package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.local.KeyStores;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedConnectionTest {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteBuffer toServer = ByteBuffer.allocate(100_000);
    private final ByteBuffer toStranger = ByteBuffer.allocate(100_000);

    @TempDir
    private Path folder;

    private SSLEngine stranger;
    private SSLEngine server;
    private BoundedConnection connection;

    @BeforeEach
    void shakeHands() throws Exception {
        SSLContext context = KeyStores.context(KeyStores.make(folder, "server", "EC"));
        stranger = context.createSSLEngine();
        stranger.setUseClientMode(true);
        server = context.createSSLEngine();
        server.setUseClientMode(false);
        connection = new BoundedConnection(
                new ArrayByteBufferPool(),
                Runnable::run,
                new SslContextFactory.Server(),
                new ByteArrayEndPoint(),
                server);
        stranger.beginHandshake();
        server.beginHandshake();
        for (int i = 0; i < 20; i++) {
            pass(stranger, server, toServer);
            pass(server, stranger, toStranger);
        }
    }

    @Test
    void shouldTakeNewKeysNowAndThen() {
        assertThatCode(() -> newKeys(20)).doesNotThrowAnyException();
    }

    /** A record has room for thousands. The client of the JDK sends each in one of its own. */
    @Test
    void shouldNotTakeNewKeysWithoutAnEnd() {
        assertThatThrownBy(() -> newKeys(190)).isInstanceOf(SSLException.class).hasMessage("Too many records of TLS.");
    }

    private void newKeys(int times) throws SSLException {
        for (int i = 0; i < times; i++) {
            stranger.beginHandshake();
            pass(stranger, server, toServer);
            pass(server, stranger, toStranger);
        }
    }

    /** All that one of them has to say now, as far as the other one hears it now. */
    private void pass(SSLEngine from, SSLEngine to, ByteBuffer network) throws SSLException {
        doTasks(from);
        while (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            if (from == server) {
                connection.wrap(server, new ByteBuffer[] {NOTHING}, network);
            } else {
                from.wrap(NOTHING, network);
            }
            doTasks(from);
        }
        network.flip();
        while (network.hasRemaining()
                && heard(to, network, ByteBuffer.allocate(20_000)).bytesConsumed() > 0) {
            doTasks(to);
        }
        network.compact();
    }

    private SSLEngineResult heard(SSLEngine to, ByteBuffer network, ByteBuffer plain) throws SSLException {
        return to == server ? connection.unwrap(server, network, plain) : to.unwrap(network, plain);
    }

    private static void doTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
