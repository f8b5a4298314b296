package io.callweave.runtime.http;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Connections to servers that can choose how much their TLS costs: it is bounded as their answers are. */
public class BoundedTls extends ClientConnector {

    public BoundedTls() {
        setSslContextFactory(new SslContextFactory.Client() {
            @Override
            public SSLParameters customize(SSLParameters parameters) {
                return CheapHandshakes.only(super.customize(parameters));
            }
        });
    }

    @Override
    public ClientConnectionFactory newSslClientConnectionFactory(
            SslContextFactory.Client tls, ClientConnectionFactory next) {
        long connectMs = getConnectTimeout().toMillis();
        return new SslClientConnectionFactory(tls, getByteBufferPool(), getExecutor(), next) {
            @Override
            protected SslConnection newSslConnection(EndPoint endPoint, SSLEngine engine) {
                BoundedConnection connection =
                        new BoundedConnection(getByteBufferPool(), getExecutor(), tls, endPoint, engine);
                // What has ended until then is not kept for it.
                Reference<BoundedConnection> begun = new WeakReference<>(connection);
                var unused =
                        getScheduler().schedule(() -> closeUnlessOver(begun.get()), connectMs, TimeUnit.MILLISECONDS);
                return connection;
            }
        };
    }

    /** An aborted request leaves a connection that is still at its handshake. */
    private static void closeUnlessOver(@Nullable BoundedConnection connection) {
        if (connection != null && !connection.isOver()) {
            connection.getEndPoint().close(new SocketTimeoutException());
        }
    }
}
