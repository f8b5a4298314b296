package io.callweave.cli;

import io.callweave.operations.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.TimestampType;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.TopicPlan;

/** The cluster and its topics out of the settings. */
final class ClusterSettings {

    private ClusterSettings() {}

    /** Waits for a broker that answers. */
    static Cluster connect(Settings settings) {
        settings.get(KnownSettings.BOOTSTRAP_SERVERS); // says how to set it
        return Cluster.connect(settings.kafkaClientOptions(), Cluster.PATIENCE);
    }

    static TopicPlan topics(Settings settings) {
        return new TopicPlan(
                settings.get(KnownSettings.TOPICS_PREFIX),
                settings.get(KnownSettings.NOTIFICATIONS_RETENTION),
                settings.get(KnownSettings.NOTIFICATIONS_TIMESTAMP_TYPE) == TimestampType.LOG_APPEND_TIME,
                settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES));
    }

    static String hopTopic(Settings settings) {
        return CallweaveTopology.hopTopic(settings.get(KnownSettings.APPLICATION_ID));
    }
}
