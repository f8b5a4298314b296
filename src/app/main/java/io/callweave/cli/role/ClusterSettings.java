package io.callweave.cli.role;

import io.callweave.cli.common.Waiting;
import io.callweave.files.LocalException;
import io.callweave.runtime.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.value.TimestampType;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicState;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.TopologyOptions;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The cluster and its topics out of the settings. */
public final class ClusterSettings {

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

    /** What the cluster has of these topics, by name. */
    public static Map<String, TopicState> states(Settings settings, Collection<String> names, PrintWriter messages) {
        try (Cluster cluster = connect(settings, messages)) {
            return cluster.topics(names);
        }
    }

    /**
     * Looks whether these topics are there; nothing makes them on the way.
     *
     * @throws LocalException if one is missing
     */
    public static void needTopics(Settings settings, List<String> names, PrintWriter messages) {
        refuseMissing(names, states(settings, names, messages));
    }

    /** The same of what the cluster has. */
    public static void refuseMissing(List<String> names, Map<String, TopicState> found) {
        names.stream().filter(name -> !found.containsKey(name)).findFirst().ifPresent(name -> {
            throw new LocalException(name + " is missing; \"callweave topics create\" makes it.");
        });
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
                TopologyOptions.off(settings));
    }

    /**
     * Looks whether an output is written.
     *
     * @param reader who needs it, and what for
     * @throws SettingsException if it is off
     */
    public static void need(Settings settings, Topic output, String reader) {
        if (TopologyOptions.off(settings).contains(output)) {
            throw new SettingsException("topics." + output.suffix() + " must be on for " + reader + ".");
        }
    }

    public static String hopTopic(Settings settings) {
        return CallweaveTopology.hopTopic(settings.get(KnownSettings.APPLICATION_ID));
    }
}
