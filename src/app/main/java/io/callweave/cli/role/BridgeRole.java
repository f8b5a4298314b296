package io.callweave.cli.role;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.audit.AuditCare;
import io.callweave.bridge.audit.AuditTimes;
import io.callweave.bridge.audit.Auditor;
import io.callweave.bridge.backfill.BackfillCare;
import io.callweave.bridge.backfill.BackfillTimes;
import io.callweave.bridge.directory.DirectoryCare;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.privacy.PersonalDataMasker;
import io.callweave.bridge.pubnub.PubNubTimes;
import io.callweave.bridge.pubnub.PubNubTransport;
import io.callweave.bridge.recording.RecordingCare;
import io.callweave.bridge.recording.RecordingTimes;
import io.callweave.bridge.subscription.SubscriptionCare;
import io.callweave.bridge.transport.Bridge;
import io.callweave.bridge.transport.BridgeConfig;
import io.callweave.bridge.webhook.WebhookConfig;
import io.callweave.bridge.webhook.WebhookTransport;
import io.callweave.bridge.websocket.FeedTimes;
import io.callweave.bridge.websocket.WebSocketTransport;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.runtime.Health;
import io.callweave.runtime.RoleParts;
import io.callweave.runtime.RoleServer;
import io.callweave.runtime.RunningRole;
import io.callweave.runtime.options.RoleOptions;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.value.OutputSwitch;
import io.callweave.topics.DirectoryTopic;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The bridge: its spool, its transports, and what shows how they are. */
public final class BridgeRole implements RunningRole {

    private static final Duration TOPIC_PATIENCE = Duration.ofMinutes(2);

    private final RoleParts parts;
    private final Bridge bridge;
    private final WebhookTransport webhook;

    private BridgeRole(Settings settings, BridgeConfig config, WebhookConfig webhooks, RoleParts parts) {
        this.parts = parts;
        boolean connects = RingCentralSettings.isUsed(settings);
        DurableSink safekeeping =
                parts.keep(SinkSettings.open(settings, connects, parts.meters().registry()));
        Holder holder = connects ? parts.keep(RingCentralSettings.holder(settings)) : null;
        bridge = parts.keep(Bridge.open(config, safekeeping, parts.meters().registry()));
        parts.show("/health/accounts", RoleServer.Page.json("Health of each account.", bridge::accountsHealth));
        webhook = bridge.start(services -> WebhookTransport.start(webhooks, services));
        if (holder != null) {
            Server server = RingCentralSettings.server(settings, Patience.OF_CARES);
            connect(settings, holder, server);
            backfill(settings, holder, server);
            audit(settings, holder, server, safekeeping);
        }
        parts.show(() -> new Health(bridge.isLive(), bridge.isReady(), bridge.state(), bridge.reason()));
        parts.works();
    }

    /** Kafka need not be there. */
    public static BridgeRole start(Settings settings) {
        RoleOptions role = RoleOptions.of(settings);
        BridgeConfig config = BridgeSettings.of(settings);
        WebhookConfig webhooks = BridgeSettings.webhook(settings);
        // What is wrong with them is said before anything starts.
        var unused = config.accounts().read();
        return RoleParts.start("bridge", role, parts -> new BridgeRole(settings, config, webhooks, parts));
    }

    @Override
    public RoleParts parts() {
        return parts;
    }

    @Override
    public List<String> offers() {
        return List.of("webhooks are taken at " + webhooks());
    }

    /** Where webhooks are taken, such as {@code http://127.0.0.1:8081}. */
    public String webhooks() {
        return webhook.address();
    }

    /** How each account is, as JSON. */
    public String accountsHealth() {
        return bridge.accountsHealth();
    }

    /** The bridge creates and renews the subscriptions of accounts with credentials. */
    private void connect(Settings settings, Holder holder, Server server) {
        Server ofFeeds = server.with(Patience.OF_FEEDS);
        bridge.start(services -> WebSocketTransport.start(services, holder, ofFeeds, FeedTimes.DEFAULT));
        bridge.start(services -> PubNubTransport.start(
                services, holder, ofFeeds, settings.get(KnownSettings.RINGCENTRAL_PUBNUB_SERVER), PubNubTimes.DEFAULT));
        bridge.start(services -> DirectoryCare.start(
                services,
                holder,
                server,
                new DirectoryTopic(
                        settings.kafkaClientOptions(),
                        Topic.DIRECTORY.name(settings.get(KnownSettings.TOPICS_PREFIX)))));
        bridge.start(services -> RecordingCare.start(
                services,
                holder,
                server.with(Patience.NONE),
                RecordingTimes.DEFAULT,
                settings.kafkaClientOptions(),
                Topic.CALLS.name(settings.get(KnownSettings.TOPICS_PREFIX))));
        settings.find(KnownSettings.BRIDGE_PUBLIC_URL)
                .ifPresent(url -> bridge.start(
                        services -> SubscriptionCare.start(services, holder, ofFeeds, url, SubscriptionCare.EVERY)));
    }

    /** The bridge brings calls of known gaps from the Call Log. */
    private void backfill(Settings settings, Holder holder, Server server) {
        if (settings.get(KnownSettings.BACKFILL_GAPS) == OutputSwitch.OFF) {
            return;
        }
        bridge.start(services -> BackfillCare.start(
                services,
                holder,
                server,
                new TopicReader(settings.kafkaClientOptions(), TOPIC_PATIENCE),
                settings.get(KnownSettings.TOPICS_PREFIX),
                BackfillTimes.of(settings)));
    }

    /** The bridge compares calls with the Call Log, if somebody wants that. */
    private void audit(Settings settings, Holder holder, Server server, DurableSink safekeeping) {
        Duration every = settings.get(KnownSettings.AUDIT_EVERY);
        if (every.isZero()) {
            return;
        }
        Duration settle = settings.get(KnownSettings.AUDIT_SETTLE);
        bridge.start(services -> AuditCare.start(
                services,
                holder,
                server,
                new AuditTimes(every, settle, settings.get(KnownSettings.CALLS_RETENTION)),
                new Auditor(
                        settings.get(KnownSettings.PRIVACY_EXCLUDE),
                        new PersonalDataMasker(PrivacySettings.key(settings)),
                        settle,
                        Set.of()),
                new TopicReader(settings.kafkaClientOptions(), TOPIC_PATIENCE),
                safekeeping,
                settings.get(KnownSettings.TOPICS_PREFIX)));
    }
}
