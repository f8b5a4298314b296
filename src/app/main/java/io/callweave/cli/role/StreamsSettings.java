package io.callweave.cli.role;

import io.callweave.runtime.options.StreamsAppConfig;
import io.callweave.runtime.progress.ProgressLimits;
import io.callweave.runtime.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.SourceProgress;
import java.util.Set;

/** What the role {@code streams} runs with, out of the settings. */
public final class StreamsSettings {

    private StreamsSettings() {}

    /**
     * Reads them.
     *
     * @throws io.callweave.settings.SettingsException if an option of Kafka is set that the topology owns
     */
    public static StreamsAppConfig of(Settings settings) {
        settings.get(KnownSettings.BOOTSTRAP_SERVERS); // says how to set it
        return new StreamsAppConfig(
                settings.get(KnownSettings.APPLICATION_ID),
                settings.kafkaClientOptions(),
                settings.kafkaStreamsOptions(),
                ClusterSettings.topics(settings),
                settings.get(KnownSettings.COMPLETION_LATE_WINDOW)
                        .plus(settings.get(KnownSettings.COMPLETION_MAX_IDLE)),
                settings.get(KnownSettings.STATE_ROCKSDB_MEMORY),
                settings.get(KnownSettings.HTTP_HOST),
                settings.get(KnownSettings.HTTP_PORT),
                Cluster.PATIENCE,
                ProgressLimits.DEFAULT,
                (inputs, partitions, readAhead, metrics) -> topology(settings, inputs, partitions, readAhead, metrics));
    }

    private static TopologyConfig topology(
            Settings settings,
            Set<Topic> inputs,
            int sourcePartitions,
            SourceProgress readAhead,
            TopologyMetrics metrics) {
        return new TopologyConfig(
                settings.get(KnownSettings.TOPICS_PREFIX),
                settings.get(KnownSettings.TOPICS_ENVELOPE),
                inputs,
                ClusterSettings.off(settings),
                sourcePartitions,
                settings.get(KnownSettings.BRIDGE_PARTITION_BY),
                CallSettings.notifications(settings),
                CallSettings.rules(settings),
                CallSettings.timing(settings),
                CallSettings.limits(settings),
                CallSettings.windows(settings),
                TopologyConfig.Clock.system(readAhead),
                TopologyConfig.Listener.NONE,
                metrics);
    }
}
