package io.callweave.cli;

import io.callweave.bridge.Safekeeping;
import io.callweave.bridge.spool.SpoolSettings;
import io.callweave.bridge.spool.SpooledSafekeeping;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topology.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** What keeps the notifications that the role {@code bridge} takes, out of the settings. */
final class BridgeSafekeeping {

    private static final String FOLDER = "bridge-spool";

    private BridgeSafekeeping() {}

    /** Opens the spool, and looks for Kafka, which need not be there. */
    static Safekeeping open(Settings settings, MeterRegistry registry) {
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        return SpooledSafekeeping.open(
                SpoolSettings.of(
                        settings.get(KnownSettings.STATE_DIR).resolve(FOLDER),
                        settings.get(KnownSettings.BRIDGE_SPOOL_MAX_BYTES),
                        settings.get(KnownSettings.BRIDGE_SPOOL_AFTER),
                        List.of(Topic.NOTIFICATIONS.name(prefix), Topic.DEAD_LETTERS.name(prefix)),
                        settings.kafkaClientOptions()),
                registry);
    }
}
