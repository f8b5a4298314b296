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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedConnectionTest {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteBuffer toBounded = ByteBuffer.allocate(100_000);
    private final ByteBuffer toStranger = ByteBuffer.allocate(100_000);

    @TempDir
    private Path folder;

    private SSLEngine stranger;
    private SSLEngine bounded;
    private BoundedConnection connection;

    private void shakeHands(boolean strangerIsClient) throws Exception {
        SSLContext context = KeyStores.context(KeyStores.make(folder, "server", "EC"));
        stranger = context.createSSLEngine();
        stranger.setUseClientMode(strangerIsClient);
        bounded = context.createSSLEngine();
        bounded.setUseClientMode(!strangerIsClient);
        connection = new BoundedConnection(
                new ArrayByteBufferPool(),
                Runnable::run,
                new SslContextFactory.Server(),
                new ByteArrayEndPoint(),
                bounded);
        stranger.beginHandshake();
        bounded.beginHandshake();
        for (int i = 0; i < 20; i++) {
            pass(stranger, bounded, toBounded);
            pass(bounded, stranger, toStranger);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakeNewKeysNowAndThen(boolean strangerIsClient) throws Exception {
        shakeHands(strangerIsClient);

        assertThatCode(() -> newKeys(20)).doesNotThrowAnyException();
    }

    /** A record has room for thousands, or for hundreds of session tickets. The JDK sends each in one of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotTakeNewKeysWithoutAnEnd(boolean strangerIsClient) throws Exception {
        shakeHands(strangerIsClient);

        assertThatThrownBy(() -> newKeys(150)).isInstanceOf(SSLException.class).hasMessage("Too many records of TLS.");
    }

    private void newKeys(int times) throws SSLException {
        for (int i = 0; i < times; i++) {
            stranger.beginHandshake();
            pass(stranger, bounded, toBounded);
            pass(bounded, stranger, toStranger);
        }
    }

    /** All that one of them has to say now, as far as the other one hears it now. */
    private void pass(SSLEngine from, SSLEngine to, ByteBuffer network) throws SSLException {
        doTasks(from);
        while (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            if (from == bounded) {
                connection.wrap(bounded, new ByteBuffer[] {NOTHING}, network);
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
        return to == bounded ? connection.unwrap(bounded, network, plain) : to.unwrap(network, plain);
    }

    private static void doTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
