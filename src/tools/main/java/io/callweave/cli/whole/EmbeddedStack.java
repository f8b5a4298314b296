package io.callweave.cli.whole;

import io.callweave.cli.common.CloseStack;
import io.callweave.cli.role.BridgeRole;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.cli.role.StreamsSettings;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.operations.StreamsApp;
import io.callweave.operations.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The whole product in this process: a broker, the topics, the topology and the bridge, on loopback. */
public final class EmbeddedStack implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final Settings settings;
    private final Settings beside;
    private final CloseStack further = new CloseStack();
    private final EmbeddedKafka broker;
    private final StreamsApp topology;
    private final BridgeRole bridge;

    private EmbeddedStack(
            Settings given, Map<String, String> own, Path directory, int kafkaPort, Consumer<String> step) {
        CloseStack opened = new CloseStack();
        try {
            step.accept("starting Kafka in this process");
            broker = opened.keep(EmbeddedKafka.start(
                    EmbeddedKafkaConfig.in(directory.resolve("kafka")).withPort(kafkaPort)));
            Map<String, String> mine = new HashMap<>(own);
            mine.put(KnownSettings.BOOTSTRAP_SERVERS.name(), broker.bootstrapServers());
            mine.put(KnownSettings.STATE_DIR.name(), directory.resolve("state").toString());
            mine.put(
                    KnownSettings.BRIDGE_SPOOL_DIR.name(),
                    directory.resolve("spool").toString());
            settings = OwnBrokerSettings.of(given, mine);
            step.accept("making the topics");
            createTopics();
            step.accept("starting the topology and the bridge");
            topology = opened.keep(StreamsApp.start(StreamsSettings.of(settings)));
            // Its own health beside that of the topology, which has the port that the user may have chosen.
            mine.put(KnownSettings.HTTP_PORT.name(), "0");
            beside = OwnBrokerSettings.of(given, mine);
            bridge = BridgeRole.start(beside);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Starts everything; the topology may take some seconds more to work.
     *
     * @param given what the user set
     * @param own settings that the command decides, and users cannot set
     * @param directory for all data; one that an earlier start left is used again
     * @param kafkaPort 0 takes a free one
     * @param step hears what is done
     */
    public static EmbeddedStack start(
            Settings given, Map<String, String> own, Path directory, int kafkaPort, Consumer<String> step) {
        return new EmbeddedStack(given, own, directory, kafkaPort, step);
    }

    /** In force here. */
    public Settings settings() {
        return settings;
    }

    /** For a further role in this process: its health has a free port. */
    public Settings settingsBeside() {
        return beside;
    }

    /** Closes it before the rest. */
    public <T extends AutoCloseable> T add(T role) {
        return further.keep(role);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public StreamsApp topology() {
        return topology;
    }

    public BridgeRole bridge() {
        return bridge;
    }

    /** Bridge and topology need nothing of each other, and people wait for this. */
    @Override
    public void close() {
        try {
            further.close();
            CompletableFuture<Void> bridgeClosed = CompletableFuture.runAsync(bridge::close);
            topology.close();
            bridgeClosed.join();
        } finally {
            broker.close();
        }
    }

    private void createTopics() {
        try (Cluster cluster = ClusterSettings.connect(settings)) {
            Topics.create(cluster.admin(), ClusterSettings.topics(settings), PARTITIONS, (short) 1);
        }
    }
}
