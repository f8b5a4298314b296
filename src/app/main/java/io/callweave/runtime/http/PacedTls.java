package io.callweave.runtime.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS in which strangers wait for each other, without a thread, and take half of the processors at most. A handshake costs a
 * thousand times what a request does, and so do other messages of TLS: thousands of strangers would else keep those waiting who are
 * known already. Who sent too many of these, or wrong ones, waits behind the
 * others. What answers requests must not wait on its thread: it has the
 * place meanwhile.
 */
final class PacedTls extends SslConnectionFactory {

    /** In bytes. Who has one address of these often has more. */
    private static final int NETWORK_OF_IPV4 = 3;

    private static final int NETWORK_OF_IPV6 = 6;

    private final Semaphore places =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final StrangersInLine<Paced> waiting = new StrangersInLine<>(System::nanoTime);
    private final Predicate<EndPoint> isKnown;

    /**
     * Nobody waits yet.
     *
     * @param isKnown whether the connection brought what only a known sender can send: it waits for nobody
     */
    PacedTls(SslContextFactory.Server tls, String nextProtocol, Predicate<EndPoint> isKnown) {
        super(tls, nextProtocol);
        this.isKnown = isKnown;
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new Paced(connector, endPoint, engine);
    }

    private void letIn() {
        while (!waiting.isEmpty() && places.tryAcquire()) {
            Paced next = waiting.poll();
            if (next == null) {
                places.release();
            } else {
                next.takeTurn();
            }
        }
    }

    private final class Paced extends BoundedConnection {

        private final InetAddress network;

        private Paced(Connector connector, EndPoint endPoint, SSLEngine engine) {
            super(connector.getByteBufferPool(), connector.getExecutor(), getSslContextFactory(), endPoint, engine);
            network = endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
                    ? OpenConnections.network(remote.getAddress(), NETWORK_OF_IPV4, NETWORK_OF_IPV6)
                    : InetAddress.getLoopbackAddress();
        }

        @Override
        public void onFillable() {
            if (isKnown.test(getEndPoint()) && !waiting.isBlamed(network)) {
                read();
            } else {
                waiting.add(network, this);
                letIn();
            }
        }

        private void read() {
            try {
                super.onFillable();
            } finally {
                if (hasFailed()) {
                    waiting.blame(network);
                }
            }
        }

        @Override
        public void onClose(@Nullable Throwable cause) {
            waiting.leave(this);
            super.onClose(cause);
        }

        private void takeTurn() {
            getExecutor().execute(() -> {
                try {
                    read();
                } finally {
                    places.release();
                    letIn();
                }
            });
        }
    }
}
