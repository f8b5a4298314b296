package io.callweave.ringcentral.gateway;

import io.callweave.runtime.http.BoundedTls;
import io.callweave.runtime.http.OutgoingHttp;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.JettyUpgradeListener;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;

/**
 * Connects to gateways, all with the same few threads. The JDK's client keeps the whole answer of a gateway that refuses, however
 * long it is. This one looks at the head of an answer only.
 */
final class GatewayClient implements AutoCloseable {

    private static final int THREADS = 8;

    private final Duration patience;
    private final WebSocketClient client;

    /** That of all accounts, once there is a gateway. Its threads do not keep a process. */
    private static final class Shared {
        static final GatewayClient CLIENT = new GatewayClient(Duration.ofSeconds(30));
    }

    /** @param patience for a handshake, from the connection to the whole head of the answer */
    GatewayClient(Duration patience) {
        this.patience = patience;
        client = new WebSocketClient(OutgoingHttp.startAsJdk(
                new PromptTls(),
                OutgoingHttp.daemons(THREADS, "gateway"),
                new ScheduledExecutorScheduler("gateway-timeouts", true),
                new SocketAddressResolver.Sync(), // on the thread of the account
                patience,
                patience,
                new UpgradeProtocolHandler()));
        try {
            client.setStopTimeout(0);
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("The WebSocket client does not start.", e);
        }
    }

    static GatewayClient shared() {
        return Shared.CLIENT;
    }

    /**
     * Connects; the listener hears of it first.
     *
     * @throws IllegalArgumentException if this is no address of a WebSocket; the message has its token
     */
    void connect(URI uri, Session.Listener listener)
            throws IOException, ExecutionException, TimeoutException, InterruptedException {
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("no scheme or host");
        }
        Handshake handshake = new Handshake();
        Future<Session> opening = client.connect(listener, uri, handshake);
        boolean isOpen = false;
        try {
            Session unused = opening.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            isOpen = true;
        } finally {
            if (!isOpen) {
                opening.cancel(true);
                handshake.close();
            }
        }
    }

    /** Any answer but an upgrade ends with its first line. */
    private static final class Handshake implements JettyUpgradeListener {

        private volatile @Nullable Request request;

        @Override
        public void onHandshakeRequest(Request sent) {
            request = sent;
            sent.onResponseBegin(answer -> {
                if (answer.getStatus() != HttpStatus.SWITCHING_PROTOCOLS_101) {
                    var unused = answer.abort(new IOException("refused"));
                }
            });
        }

        /** Jetty leaves the connection of an upgrade that is none. */
        void close() {
            Request sent = request;
            if (sent != null && sent.getConnection() != null) {
                sent.getConnection().close();
            }
        }
    }

    @Override
    public void close() {
        try {
            client.stop();
            client.getHttpClient().stop();
        } catch (Exception e) {
            throw new IllegalStateException("The WebSocket client does not stop.", e);
        }
    }

    /** Closes a connection that is no WebSocket in time: an aborted request leaves one that is still at its TLS. */
    private final class PromptTls extends BoundedTls {

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            EndPoint to = super.newEndPoint(channel, selector, key);
            // What has ended until then is not kept for it.
            Reference<EndPoint> begun = new WeakReference<>(to);
            var unused = getScheduler()
                    .schedule(() -> closeUnlessOpen(begun.get()), patience.toMillis(), TimeUnit.MILLISECONDS);
            return to;
        }

        private void closeUnlessOpen(@Nullable EndPoint to) {
            if (to == null) {
                return;
            }
            Connection last = to.getConnection() instanceof SslConnection tls
                    ? tls.getSslEndPoint().getConnection()
                    : to.getConnection();
            if (!(last instanceof Connection.UpgradeTo)) {
                to.close();
            }
        }
    }
}
