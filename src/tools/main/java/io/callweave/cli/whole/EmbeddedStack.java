package io.callweave.cli.whole;

import io.callweave.cli.role.BridgeRole;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.CloseStack;
import io.callweave.runtime.RunningRole;
import io.callweave.runtime.StreamsRole;
import io.callweave.runtime.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The whole product in this process: a broker, the topics, the topology and the bridge, on loopback. */
public final class EmbeddedStack implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final Instant started = Instant.now();
    private final Settings settings;
    private final Settings beside;
    private final CloseStack opened = new CloseStack();
    private final List<RunningRole> roles = new ArrayList<>();
    private final EmbeddedKafka broker;
    private final StreamsRole topology;
    private final BridgeRole bridge;

    private EmbeddedStack(
            Settings given, Map<String, String> own, Path directory, int kafkaPort, Consumer<String> step) {
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
            topology = add(StreamsRole.start(settings));
            // Its own health beside that of the topology, which has the port that the user may have chosen.
            mine.put(KnownSettings.HTTP_PORT.name(), "0");
            beside = OwnBrokerSettings.of(given, mine);
            bridge = add(BridgeRole.start(beside));
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

    /** When its start began. */
    public Instant started() {
        return started;
    }

    /** In force here. */
    public Settings settings() {
        return settings;
    }

    /**
     * For a further role in this process: its health has a free port.
     *
     * @param own settings that the command decides
     */
    public Settings settingsBeside(Map<String, String> own) {
        return OwnBrokerSettings.and(beside, own);
    }

    /** Closes it before the rest. */
    public <T extends RunningRole> T add(T role) {
        roles.add(role);
        return opened.keep(role);
    }

    /** A sentence about the role that failed; nothing while all work. */
    public Optional<String> failure() {
        return roles.stream()
                .map(RunningRole::parts)
                .filter(parts -> parts.ended().isDone())
                .map(parts -> parts.name() + " failed; the log says why.")
                .findFirst();
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public StreamsRole topology() {
        return topology;
    }

    public BridgeRole bridge() {
        return bridge;
    }

    @Override
    public void close() {
        opened.close();
    }

    private void createTopics() {
        try (Cluster cluster = ClusterSettings.connect(settings)) {
            Topics.create(cluster.admin(), TopicPlan.of(settings), PARTITIONS, (short) 1);
        }
    }
}
