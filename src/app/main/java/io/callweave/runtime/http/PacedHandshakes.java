package io.callweave.runtime.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS whose handshakes wait for each other, without a thread, and take half of the processors at most. Each costs a thousand
 * times what a request does: thousands of strangers that connect would else keep those waiting who are connected already.
 */
final class PacedHandshakes extends SslConnectionFactory {

    private final Semaphore places =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    PacedHandshakes(SslContextFactory.Server tls, String nextProtocol) {
        super(tls, nextProtocol);
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new Paced(connector, endPoint, new BoundedEngine(engine));
    }

    private void work(Executor executor) {
        if (places.tryAcquire()) {
            executor.execute(() -> {
                try {
                    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                        next.run();
                    }
                } finally {
                    places.release();
                    if (!waiting.isEmpty()) {
                        work(executor);
                    }
                }
            });
        }
    }

    private final class Paced extends SslConnection implements SslHandshakeListener {

        private volatile boolean isOver;

        private Paced(Connector connector, EndPoint endPoint, SSLEngine engine) {
            super(
                    connector.getByteBufferPool(),
                    connector.getExecutor(),
                    getSslContextFactory(),
                    endPoint,
                    engine,
                    isDirectBuffersForEncryption(),
                    isDirectBuffersForDecryption());
            addHandshakeListener(this);
        }

        @Override
        public void handshakeSucceeded(Event event) {
            isOver = true;
        }

        @Override
        public void onFillable() {
            if (isOver) {
                super.onFillable();
            } else {
                waiting.add(super::onFillable);
                work(getExecutor());
            }
        }
    }
}
