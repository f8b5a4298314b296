package io.callweave.cli;

import io.callweave.bridge.Safekeeping;
import io.callweave.bridge.webhook.Bridge;
import io.callweave.bridge.webhook.BridgeConfig;
import io.callweave.operations.Health;
import io.callweave.operations.Meters;
import io.callweave.operations.OperationsServer;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.util.Map;

/** The bridge over HTTP as it runs, with its spool, its metrics and its health. */
final class BridgeRole implements AutoCloseable {

    private final Opened opened = new Opened();
    private final Bridge bridge;
    private final OperationsServer operations;

    private BridgeRole(Settings settings) {
        BridgeConfig config = BridgeSettings.of(settings);
        try {
            Meters meters = opened.keep(new Meters());
            Safekeeping safekeeping = opened.keep(BridgeSafekeeping.open(settings, meters.registry()));
            bridge = opened.keep(Bridge.start(config, safekeeping, meters.registry()));
            operations = opened.keep(OperationsServer.start(
                    settings.get(KnownSettings.HTTP_HOST),
                    settings.get(KnownSettings.HTTP_PORT),
                    () -> new Health(bridge.isLive(), bridge.isReady(), bridge.state()),
                    meters::scrape,
                    Map.of("/health/accounts", OperationsServer.Page.json(bridge::accountsHealth))));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Kafka need not be there. */
    static BridgeRole start(Settings settings) {
        return new BridgeRole(settings);
    }

    /** Where webhooks are taken, such as {@code http://127.0.0.1:8081}. */
    String webhooks() {
        return bridge.address();
    }

    /** Where health and metrics are. */
    String operations() {
        return operations.address();
    }

    /** Takes nothing new, while its health can still be asked for. */
    void drain() {
        bridge.drain();
    }

    @Override
    public void close() {
        opened.close();
    }
}
