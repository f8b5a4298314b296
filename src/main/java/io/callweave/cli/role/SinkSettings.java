package io.callweave.cli.role;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.spool.SpoolSettings;
import io.callweave.bridge.spool.SpooledSink;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Safekeeping out of the settings. */
final class SinkSettings {

    private SinkSettings() {}

    /** Kafka need not be there. */
    static DurableSink open(Settings settings, MeterRegistry registry) {
        settings.get(KnownSettings.BOOTSTRAP_SERVERS); // says how to set it
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        SpoolSettings spool = SpoolSettings.of(
                settings.get(KnownSettings.BRIDGE_SPOOL_DIR),
                settings.get(KnownSettings.BRIDGE_SPOOL_MAX_BYTES),
                settings.get(KnownSettings.BRIDGE_KAFKA_TIMEOUT),
                List.of(
                        Topic.NOTIFICATIONS.name(prefix),
                        Topic.DEAD_LETTERS.name(prefix),
                        Topic.FEED_GAPS.name(prefix)),
                settings.kafkaClientOptions());
        return SpooledSink.open(spool, registry);
    }
}
