package io.callweave.bridge.webhook;

import io.callweave.bridge.activity.BridgeMetrics;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;
import io.callweave.runtime.http.HttpListener;
import io.callweave.runtime.http.MemoryBudget;
import io.callweave.runtime.http.RateLimit;
import io.callweave.runtime.startup.OperationsException;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The webhook endpoint that RingCentral calls. */
public final class WebhookTransport implements Transport {

    private final HttpListener server;

    private WebhookTransport(HttpListener server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @throws OperationsException if the address or the certificate cannot be used
     */
    public static WebhookTransport start(WebhookConfig config, BridgeServices services) {
        BridgeMetrics metrics = services.metrics();
        WebhookLimits limits = config.limits();
        WebhookHandler handler = new WebhookHandler(new WebhookHandler.Parts(
                services,
                new HeadCheck(limits.maxBytes(), new RateLimit(System::nanoTime)),
                new MemoryBudget(limits.inFlightBytes()),
                limits));
        TlsContext tls = config.tls() == null ? null : new TlsContext(config.tls());
        HttpListener server = HttpListener.start(
                new HttpListener.Place(
                        "Webhooks cannot",
                        config.host(),
                        config.port(),
                        "bridge.host, bridge.port",
                        tls == null ? null : tls.factory()),
                limits.connections(),
                new GracefulHandler(handler),
                new TinyErrors(answer -> services.activity().answered(null, answer)),
                metrics::stalled);
        metrics.watchConnections(server::connections);
        if (tls != null) {
            services.upkeep().every(config.rereadEvery().toMillis(), () -> {
                if (!tls.reread()) {
                    metrics.reloadFailed(BridgeMetrics.Reloaded.CERTIFICATE);
                }
            });
        }
        return new WebhookTransport(server);
    }

    /** Such as {@code http://127.0.0.1:8081}. */
    public String address() {
        return server.address();
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    @Override
    public boolean isOpen() {
        return !server.isFull();
    }

    @Override
    public void close() {
        server.close();
    }
}
