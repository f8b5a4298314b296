package io.callweave.cli.role;

import io.callweave.cli.common.SettingsCommand;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicState;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/** A command that does something on a cluster, and ends. */
public abstract class ClusterCommand extends SettingsCommand {

    /** @param further settings that the help shows beside those of the cluster */
    protected ClusterCommand(Setting<?>... further) {
        super(Stream.concat(Stream.of(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX), Stream.of(further))
                .toArray(Setting<?>[]::new));
    }

    @Override
    protected final int run(Settings settings) throws IOException {
        quietenKafka();
        return onCluster(settings);
    }

    /**
     * Does the work.
     *
     * @return the exit status
     */
    protected abstract int onCluster(Settings settings) throws IOException;

    /** One sentence tells that no broker answers; Kafka would warn once a second. Before anything logs. */
    public static void quietenKafka() {
        System.setProperty("callweave.kafka-log-level", "ERROR");
    }

    /** What the cluster has of these topics, by name. */
    protected final Map<String, TopicState> states(Settings settings, Collection<String> names) {
        return ClusterSettings.states(settings, names, messages());
    }
}
