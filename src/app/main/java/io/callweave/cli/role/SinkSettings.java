package io.callweave.cli.role;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.PartitionChoice;
import io.callweave.bridge.spool.SpoolSettings;
import io.callweave.bridge.spool.SpooledSink;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** Safekeeping out of the settings. */
public final class SinkSettings {

    private SinkSettings() {}

    /**
     * Who chooses the partitions of notifications.
     *
     * @param prefix of the topics that are written
     */
    public static PartitionChoice partitions(Settings settings, String prefix) {
        return switch (settings.get(KnownSettings.BRIDGE_PARTITION_BY)) {
            case SESSION -> PartitionChoice.BY_KEY;
            case ACCOUNT -> PartitionChoice.byAccount(prefix);
        };
    }

    /**
     * Opens it. Kafka need not be there.
     *
     * @param connects whether the bridge connects accounts, and so can have gaps to report. Kafka counts as away while a
     *     topic is missing, so only then may the topic of the gaps be among them; that of
     *     comparisons, if there are any.
     */
    static DurableSink open(Settings settings, boolean connects, MeterRegistry registry) {
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        List<Topic> topics = new ArrayList<>(List.of(Topic.NOTIFICATIONS, Topic.DEAD_LETTERS));
        if (connects) {
            topics.add(Topic.FEED_GAPS);
        }
        if (connects && !settings.get(KnownSettings.AUDIT_EVERY).isZero()) {
            topics.add(Topic.AUDITS);
        }
        return SpooledSink.open(
                SpoolSettings.of(
                        settings.get(KnownSettings.BRIDGE_SPOOL_DIR),
                        settings.get(KnownSettings.BRIDGE_SPOOL_MAX_BYTES),
                        settings.get(KnownSettings.BRIDGE_KAFKA_TIMEOUT),
                        topics.stream().map(topic -> topic.name(prefix)).toList(),
                        settings.kafkaClientOptions(),
                        partitions(settings, prefix)),
                registry);
    }
}
