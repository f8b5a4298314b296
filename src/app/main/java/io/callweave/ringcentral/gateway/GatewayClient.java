package io.callweave.ringcentral.gateway;

import io.callweave.runtime.http.BoundedTls;
import io.callweave.runtime.http.OutgoingHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
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
        try {
            BoundedTls connector = new PromptTls();
            connector.setSelectors(1);
            connector.getSslContextFactory().setSslContext(SSLContext.getDefault());
            client = new WebSocketClient(OutgoingHttp.start(
                    connector,
                    OutgoingHttp.daemons(THREADS, "gateway"),
                    new ScheduledExecutorScheduler("gateway-timeouts", true),
                    new SocketAddressResolver.Sync(), // on the thread of the account
                    patience,
                    patience,
                    new UpgradeProtocolHandler()));
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
        useProxyOf(uri);
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

    private void useProxyOf(URI uri) {
        InetSocketAddress address = proxy(uri.getScheme(), uri.getHost(), uri.getPort());
        ProxyConfiguration proxies = client.getHttpClient().getProxyConfiguration();
        if (address != null
                && proxies.getProxies().stream()
                        .noneMatch(known -> known instanceof SystemProxy one && one.address.equals(address))) {
            proxies.addProxy(new SystemProxy(address));
        }
    }

    /** As the JDK's client does; null for none. */
    private static @Nullable InetSocketAddress proxy(String scheme, String host, int port) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return null;
        }
        String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        List<Proxy> found = selector.select(URI.create(
                (scheme.equalsIgnoreCase("wss") ? "https://" : "http://") + name + (port < 0 ? "" : ":" + port)));
        return !found.isEmpty()
                        && found.get(0).type() == Proxy.Type.HTTP
                        && found.get(0).address() instanceof InetSocketAddress address
                ? address
                : null;
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

    /** A proxy of the JDK's settings, for the gateways that they say. */
    private static final class SystemProxy extends HttpProxy {

        private final InetSocketAddress address;

        SystemProxy(InetSocketAddress address) {
            super(address.getHostString(), address.getPort());
            this.address = address;
        }

        @Override
        public boolean requiresTunnel(Origin origin) {
            return true;
        }

        @Override
        public boolean matches(Origin origin) {
            return address.equals(proxy(
                    origin.getScheme(),
                    origin.getAddress().getHost(),
                    origin.getAddress().getPort()));
        }
    }

    /** Closes a connection that is no WebSocket in time: an aborted request leaves one that is still at its TLS. */
    private final class PromptTls extends BoundedTls {

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            EndPoint to = super.newEndPoint(channel, selector, key);
            var unused = getScheduler().schedule(() -> closeUnlessOpen(to), patience.toMillis(), TimeUnit.MILLISECONDS);
            return to;
        }

        private void closeUnlessOpen(EndPoint to) {
            Connection last = to.getConnection() instanceof SslConnection tls
                    ? tls.getSslEndPoint().getConnection()
                    : to.getConnection();
            if (!(last instanceof Connection.UpgradeTo)) {
                to.close();
            }
        }
    }
}
