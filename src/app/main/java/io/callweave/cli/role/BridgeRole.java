package io.callweave.cli.role;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.pubnub.PubNubTimes;
import io.callweave.bridge.pubnub.PubNubTransport;
import io.callweave.bridge.subscription.SubscriptionCare;
import io.callweave.bridge.transport.Bridge;
import io.callweave.bridge.transport.BridgeConfig;
import io.callweave.bridge.webhook.WebhookConfig;
import io.callweave.bridge.webhook.WebhookTransport;
import io.callweave.bridge.websocket.FeedTimes;
import io.callweave.bridge.websocket.WebSocketTransport;
import io.callweave.cli.common.CloseStack;
import io.callweave.operations.Health;
import io.callweave.operations.Meters;
import io.callweave.operations.OperationsServer;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.util.Map;

/** The bridge over HTTP as it runs, with its spool, its metrics and its health. */
public final class BridgeRole implements AutoCloseable {

    private final CloseStack opened = new CloseStack();
    private final Bridge bridge;
    private final WebhookTransport webhook;
    private final OperationsServer operations;

    private BridgeRole(Settings settings) {
        BridgeConfig config = BridgeSettings.of(settings);
        WebhookConfig webhooks = BridgeSettings.webhook(settings);
        // What is wrong with them is said before a broker is looked for.
        var unused = config.accounts().read();
        try {
            Meters meters = opened.keep(new Meters());
            boolean connects = RingCentralSettings.isUsed(settings);
            DurableSink safekeeping = opened.keep(SinkSettings.open(settings, connects, meters.registry()));
            Holder holder = connects ? opened.keep(RingCentralSettings.holder(settings)) : null;
            bridge = opened.keep(Bridge.open(config, safekeeping, meters.registry()));
            webhook = bridge.start(services -> WebhookTransport.start(webhooks, services));
            if (holder != null) {
                connect(settings, holder);
            }
            operations = opened.keep(OperationsServer.start(
                    "bridge",
                    settings.get(KnownSettings.HTTP_HOST),
                    settings.get(KnownSettings.HTTP_PORT),
                    () -> new Health(bridge.isLive(), bridge.isReady(), bridge.state()),
                    meters::scrape,
                    Map.of(
                            "/health/accounts",
                            OperationsServer.Page.json("Health of each account.", bridge::accountsHealth))));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Kafka need not be there. */
    public static BridgeRole start(Settings settings) {
        return new BridgeRole(settings);
    }

    /** Where webhooks are taken, such as {@code http://127.0.0.1:8081}. */
    public String webhooks() {
        return webhook.address();
    }

    /** Where health and metrics are. */
    public String operations() {
        return operations.address();
    }

    /** How each account is, as JSON. */
    public String accountsHealth() {
        return bridge.accountsHealth();
    }

    /** Takes nothing new, while its health can still be asked for. */
    void drain() {
        bridge.drain();
    }

    @Override
    public void close() {
        opened.close();
    }

    /** The bridge creates and renews the subscriptions of accounts with credentials. */
    private void connect(Settings settings, Holder holder) {
        Server server = RingCentralSettings.server(settings, Patience.OF_SERVERS);
        Server ofFeeds = RingCentralSettings.server(settings, Patience.OF_FEEDS);
        bridge.start(services -> WebSocketTransport.start(services, holder, ofFeeds, FeedTimes.DEFAULT));
        bridge.start(services -> PubNubTransport.start(
                services, holder, ofFeeds, settings.get(KnownSettings.RINGCENTRAL_PUBNUB_SERVER), PubNubTimes.DEFAULT));
        settings.find(KnownSettings.BRIDGE_PUBLIC_URL)
                .ifPresent(url -> bridge.start(
                        services -> SubscriptionCare.start(services, holder, server, url, SubscriptionCare.EVERY)));
    }
}
