package io.callweave.bridge.webhook;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.transport.Bridge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;

/** A bridge that takes webhooks, and nothing else. */
final class WebhookBridge implements AutoCloseable {

    private final Bridge bridge;
    private final WebhookTransport webhook;

    private WebhookBridge(Bridge bridge, WebhookConfig config) {
        this.bridge = bridge;
        webhook = bridge.start(services -> WebhookTransport.start(config, services));
    }

    static WebhookBridge start(Path folder, WebhookConfig config, DurableSink safekeeping, MeterRegistry registry) {
        return new WebhookBridge(Bridge.open(BridgeConfigs.of(folder), safekeeping, registry), config);
    }

    String address() {
        return webhook.address();
    }

    String state() {
        return bridge.state();
    }

    boolean isReady() {
        return bridge.isReady();
    }

    boolean isLive() {
        return bridge.isLive();
    }

    String accountsHealth() {
        return bridge.accountsHealth();
    }

    @Override
    public void close() {
        bridge.close();
    }
}
