package io.callweave.cli.role;

import io.callweave.cli.common.Waiting;
import io.callweave.files.LocalException;
import io.callweave.runtime.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicState;
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
        return Cluster.connect(settings.kafkaClientOptions());
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

    /** Which of these topics the cluster does not have. Who may read them may ask for that, unlike for their states. */
    public static List<String> missing(Settings settings, Collection<String> names, PrintWriter messages) {
        try (Cluster cluster = connect(settings, messages)) {
            return cluster.missing(names);
        }
    }

    /**
     * Looks whether these topics are there; nothing makes them on the way.
     *
     * @throws LocalException if one is missing
     */
    public static void needTopics(Settings settings, List<String> names, PrintWriter messages) {
        missing(settings, names, messages).stream().findFirst().ifPresent(name -> {
            throw isMissing(name);
        });
    }

    /** Says how to make a topic. */
    public static LocalException isMissing(String name) {
        return new LocalException(name + " is missing; \"callweave topics create\" makes it.");
    }
}
