package io.callweave.cli.role;

import io.callweave.deliver.RetrySchedule;
import io.callweave.deliver.app.DeliverAppConfig;
import io.callweave.deliver.post.PostLimits;
import io.callweave.deliver.queue.DeliverRules;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.runtime.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.value.ValueEnvelope;
import io.callweave.topics.Topic;
import java.util.Map;
import java.util.Optional;

/** What the role {@code deliver} runs with, out of the settings. */
public final class DeliverSettings {

    /** Enough that a lane finds the next delivery while a task works on something else. */
    private static final int WINDOW_FACTOR = 4;

    private DeliverSettings() {}

    /**
     * The configuration of the role.
     *
     * @param environment may hold secrets of subscriptions
     * @throws SettingsException if something cannot be used
     */
    public static DeliverAppConfig of(Settings settings, Map<String, String> environment) {
        settings.get(KnownSettings.BOOTSTRAP_SERVERS); // says how to set it
        if (settings.get(KnownSettings.TOPICS_ENVELOPE) != ValueEnvelope.NONE) {
            throw new SettingsException("topics.envelope must be none for deliver: it reads whole call records.");
        }
        ClusterSettings.need(settings, Topic.LIVE_CALLS, "deliver: subscriptions to live calls read it");
        ClusterSettings.need(settings, Topic.PARTY_EVENTS, "deliver: subscriptions to party events read it");
        int concurrency = settings.get(KnownSettings.DELIVER_CONCURRENCY);
        return new DeliverAppConfig(
                settings.get(KnownSettings.APPLICATION_ID),
                settings.kafkaClientOptions(),
                settings.kafkaStreamsOptions(),
                ClusterSettings.topics(settings),
                settings.get(KnownSettings.STATE_ROCKSDB_MEMORY),
                new DeliverRules(
                        new RetrySchedule(
                                settings.get(KnownSettings.DELIVER_RETRY_DELAYS),
                                settings.get(KnownSettings.DELIVER_KEEP)),
                        settings.get(KnownSettings.DELIVER_SUSPEND_AFTER),
                        WINDOW_FACTOR * concurrency,
                        settings.get(KnownSettings.PRIVACY_EXCLUDE)),
                new PostLimits(
                        concurrency,
                        settings.get(KnownSettings.DELIVER_TIMEOUT),
                        settings.get(KnownSettings.DELIVER_CONNECT_TIMEOUT)),
                settings.get(KnownSettings.DELIVER_ALLOWED_NETWORKS),
                new SecretSource(keys(settings), environment, settings.find(KnownSettings.DELIVER_SECRETS_DIR)),
                settings.get(KnownSettings.HTTP_HOST),
                settings.get(KnownSettings.HTTP_PORT),
                Optional.empty(),
                Cluster.PATIENCE);
    }

    /**
     * The keys of deliver.key-file; none without it.
     *
     * @throws SettingsException if the file cannot be used
     */
    public static SecretKeys keys(Settings settings) {
        return settings.find(KnownSettings.DELIVER_KEY_FILE)
                .map(SecretKeys::read)
                .orElseGet(SecretKeys::none);
    }
}
