package io.callweave.bridge.webhook;

import io.callweave.bridge.account.FileChanges;
import io.callweave.bridge.activity.Answer;
import java.io.IOException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty for the endpoint: small limits, no version in answers, TLS from 1.2 on, and a stop that answers all accepted requests. */
final class WebhookServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);

    /** Answers take no longer. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Server server;
    private final ServerConnector connector;
    private final StalledConnections stalled;
    private final @Nullable TlsFiles tls;
    private final SslContextFactory.@Nullable Server sslContext;
    private final @Nullable FileChanges tlsChanges;

    /** @param refused is told of what the server refuses by itself */
    WebhookServer(WebhookConfig config, Handler handler, Consumer<Answer> refused) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("bridge");
        server = new Server(threads);
        stalled = new StalledConnections(config.limits(), System::nanoTime);
        tls = config.tls();
        tlsChanges = tls == null ? null : new FileChanges(tls.files());
        sslContext = tls == null ? null : sslContext(tls);
        connector = new ServerConnector(server, 1, -1, factories(config.limits()));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(config.limits().idleTimeout().toMillis());
        connector.addBean(stalled);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(config.limits().maxConnections(), connector));
        server.setErrorHandler(new TinyErrors(refused));
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
        server.setHandler(new GracefulHandler(new Watched(handler)));
    }

    /** @throws BridgeException if the address cannot be taken */
    void start() {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new BridgeException(
                    "The bridge cannot listen at " + connector.getHost() + ":" + connector.getPort()
                            + " (bridge.host, bridge.port): the address is in use, or does not belong to this machine.",
                    e);
        } catch (Exception e) { // LifeCycle#start declares it
            close();
            throw new BridgeException("The bridge cannot start: " + e.getMessage() + ".", e);
        }
    }

    String address() {
        String host = connector.getHost();
        return (tls == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + connector.getLocalPort();
    }

    boolean isRunning() {
        return server.isRunning() && connector.isOpen();
    }

    int connections() {
        return stalled.open();
    }

    int closeStalled() {
        return stalled.close();
    }

    long sweepMillis() {
        return stalled.sweepMillis();
    }

    /**
     * Reads the certificate again if it has changed; new connections use it.
     *
     * @return false if it has, and cannot be used: the one from before stays
     */
    boolean rereadCertificate() {
        if (tls == null || sslContext == null || tlsChanges == null || !tlsChanges.seen()) {
            return true;
        }
        KeyStore store;
        try {
            store = tls.read();
        } catch (BridgeException e) {
            return keepCertificate(e);
        }
        try {
            sslContext.reload(context -> context.setKeyStore(store));
        } catch (Exception e) { // SslContextFactory#reload declares it
            return keepCertificate(e);
        }
        LOG.atInfo().setMessage("The certificate was read again.").log();
        return true;
    }

    private static boolean keepCertificate(Exception wrong) {
        LOG.atError()
                .setMessage("The certificate has changed and cannot be used; the one from before stays in force.")
                .addKeyValue("wrong", wrong.getMessage())
                .log();
        return false;
    }

    /** Takes no new requests, and waits for the answers of those that it took. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // LifeCycle#stop declares it
            LOG.atWarn()
                    .setMessage("The server did not stop cleanly.")
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .log();
        }
    }

    private ConnectionFactory[] factories(WebhookLimits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(limits.maxHeaderBytes());
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (sslContext == null) {
            return new ConnectionFactory[] {plain};
        }
        SslConnectionFactory secure = new SslConnectionFactory(sslContext, plain.getProtocol());
        // It would compare names in certificate and request; the path and the token decide, not the name.
        secure.setEnsureSecureRequestCustomizer(false);
        return new ConnectionFactory[] {secure, plain};
    }

    private static SslContextFactory.Server sslContext(TlsFiles tls) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(tls.read());
        context.setKeyStorePassword(tls.storePassword());
        context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        return context;
    }

    /** Tells the watch of connections that a head is there, and later that its body is. */
    private final class Watched extends Handler.Wrapper {

        private Watched(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Runnable whole = stalled.requested(request);
            return super.handle(new WatchedRequest(request, whole), response, callback);
        }
    }

    private static final class WatchedRequest extends Request.Wrapper {

        private final Runnable whole;

        private WatchedRequest(Request request, Runnable whole) {
            super(request);
            this.whole = whole;
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk != null && chunk.isLast()) {
                whole.run();
            }
            return chunk;
        }
    }
}
