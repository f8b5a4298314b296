package io.callweave.cli.role;

import io.callweave.runtime.options.StreamsAppConfig;
import io.callweave.runtime.progress.ProgressLimits;
import io.callweave.runtime.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topology.TopologyOptions;
import java.util.function.UnaryOperator;

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
                TopologyOptions.of(settings),
                settings.get(KnownSettings.STATE_ROCKSDB_MEMORY),
                settings.get(KnownSettings.HTTP_HOST),
                settings.get(KnownSettings.HTTP_PORT),
                Cluster.PATIENCE,
                ProgressLimits.DEFAULT,
                UnaryOperator.identity());
    }
}
