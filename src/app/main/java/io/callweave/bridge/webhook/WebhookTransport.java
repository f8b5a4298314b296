package io.callweave.bridge.webhook;

import io.callweave.bridge.activity.BridgeMetrics;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;

/** The webhook endpoint that RingCentral calls. */
public final class WebhookTransport implements Transport {

    private final WebhookServer server;
    private final BridgeMetrics metrics;

    private WebhookTransport(WebhookConfig config, BridgeServices services) {
        metrics = services.metrics();
        WebhookLimits limits = config.limits();
        RateLimit rates = new RateLimit(System::nanoTime);
        WebhookHandler.Parts parts = new WebhookHandler.Parts(
                services,
                new HeadCheck(limits.maxBytes(), rates::admit),
                new MemoryBudget(limits.inFlightBytes()),
                limits);
        server = new WebhookServer(config, new WebhookHandler(parts), services.activity()::refused);
        metrics.watchConnections(server::connections);
    }

    /**
     * Starts to listen.
     *
     * @throws BridgeException if the address or the certificate cannot be used
     */
    public static WebhookTransport start(WebhookConfig config, BridgeServices services) {
        WebhookTransport transport = new WebhookTransport(config, services);
        transport.server.start();
        services.upkeep().every(config.rereadEvery().toMillis(), transport::rereadCertificate);
        services.upkeep().every(transport.server.sweepMillis(), transport::closeStalled);
        return transport;
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
    public void close() {
        server.close();
    }

    private void rereadCertificate() {
        if (!server.rereadCertificate()) {
            metrics.reloadFailed(BridgeMetrics.Reloaded.CERTIFICATE);
        }
    }

    private void closeStalled() {
        for (int closed = server.closeStalled(); closed > 0; closed--) {
            metrics.stalled();
        }
    }
}
