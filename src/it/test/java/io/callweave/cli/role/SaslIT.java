package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.operations.StreamsApp;
import io.callweave.operations.startup.Cluster;
import io.callweave.operations.startup.OperationsException;
import io.callweave.settings.Settings;
import io.callweave.topics.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that lets only those in who know the password. */
class SaslIT {

    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"callweave\" password=\"%s\"";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka"))
                .withOverrides(Map.of(
                        "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "sasl.enabled.mechanisms", "PLAIN",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN",
                        "listener.name.plaintext.plain.sasl.jaas.config",
                                LOGIN.formatted("right") + " user_callweave=\"right\";")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldRunWithTheRightPassword() {
        Settings settings = settings("right");
        try (Cluster cluster = ClusterSettings.connect(settings)) {
            Topics.create(cluster.admin(), ClusterSettings.topics(settings), 1, Topics.CLUSTER_DEFAULT_REPLICATION);
        }

        try (StreamsApp app = StreamsApp.start(StreamsSettings.of(settings))) {
            await().atMost(Installation.PATIENCE).until(() -> app.state() == KafkaStreams.State.RUNNING);
        }
    }

    @Test
    void shouldSayThatTheBrokersTurnUsAwayAndNotWithWhat() {
        assertThatThrownBy(() -> StreamsApp.start(StreamsSettings.of(settings("wrong"))))
                .isInstanceOf(OperationsException.class)
                .hasMessage("Kafka at " + kafka.bootstrapServers()
                        + " refuses this client: Authentication failed: Invalid username or password.")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("wrong"));
    }

    private static Settings settings(String password) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("state.dir", directory.resolve("state").toString());
        settings.put("http.port", "0");
        settings.put("kafka.security.protocol", "SASL_PLAINTEXT");
        settings.put("kafka.sasl.mechanism", "PLAIN");
        settings.put("kafka.sasl.jaas.config", LOGIN.formatted(password) + ";");
        return Settings.load(settings, Map.of(), Optional.empty());
    }
}
