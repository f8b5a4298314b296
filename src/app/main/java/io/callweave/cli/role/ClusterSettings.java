package io.callweave.cli.role;

import io.callweave.cli.common.Waiting;
import io.callweave.runtime.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.value.OutputSwitch;
import io.callweave.settings.value.TimestampType;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.CallweaveTopology;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The cluster and its topics out of the settings. */
public final class ClusterSettings {

    private static final Map<Topic, Setting<OutputSwitch>> OUTPUTS = Map.of(
            Topic.PARTY_EVENTS, KnownSettings.TOPICS_PARTY_EVENTS,
            Topic.LIVE_CALLS, KnownSettings.TOPICS_LIVE_CALLS,
            Topic.PARTY_METRICS, KnownSettings.TOPICS_PARTY_METRICS);

    private ClusterSettings() {}

    /** Waits for a broker that answers. */
    public static Cluster connect(Settings settings) {
        settings.get(KnownSettings.BOOTSTRAP_SERVERS); // says how to set it
        return Cluster.connect(settings.kafkaClientOptions(), Cluster.PATIENCE);
    }

    /** The same, and says on the way that it waits. */
    public static Cluster connect(Settings settings, PrintWriter messages) {
        String servers = settings.get(KnownSettings.BOOTSTRAP_SERVERS);
        String sentence = "callweave: no answer yet from Kafka at " + servers + "; waiting up to "
                + Cluster.PATIENCE.toSeconds() + " s.";
        try (Waiting waiting = new Waiting(messages)) {
            waiting.thenSay(sentence);
            return connect(settings);
        }
    }

    public static TopicPlan topics(Settings settings) {
        return new TopicPlan(
                settings.get(KnownSettings.TOPICS_PREFIX),
                Map.of(
                        Topic.NOTIFICATIONS, settings.get(KnownSettings.NOTIFICATIONS_RETENTION),
                        Topic.PARTY_EVENTS, settings.get(KnownSettings.PARTY_EVENTS_RETENTION),
                        Topic.CALLS, settings.get(KnownSettings.CALLS_RETENTION),
                        Topic.PARTY_METRICS, settings.get(KnownSettings.PARTY_METRICS_RETENTION),
                        Topic.WINDOW_METRICS, settings.get(KnownSettings.WINDOW_METRICS_RETENTION),
                        Topic.FEED_GAPS, settings.get(KnownSettings.FEED_GAPS_RETENTION),
                        Topic.DEAD_LETTERS, settings.get(KnownSettings.DEAD_LETTERS_RETENTION)),
                settings.get(KnownSettings.NOTIFICATIONS_TIMESTAMP_TYPE) == TimestampType.LOG_APPEND_TIME,
                settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES),
                off(settings));
    }

    /** The outputs that are not written. */
    public static Set<Topic> off(Settings settings) {
        return OUTPUTS.entrySet().stream()
                .filter(output -> settings.get(output.getValue()) == OutputSwitch.OFF)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Looks whether an output is written.
     *
     * @param reader who needs it, and what for
     * @throws SettingsException if it is off
     */
    public static void need(Settings settings, Topic output, String reader) {
        if (off(settings).contains(output)) {
            throw new SettingsException("topics." + output.suffix() + " must be on for " + reader + ".");
        }
    }

    public static String hopTopic(Settings settings) {
        return CallweaveTopology.hopTopic(settings.get(KnownSettings.APPLICATION_ID));
    }
}
