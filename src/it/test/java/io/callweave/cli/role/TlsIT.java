package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.local.KeyStores;
import io.callweave.runtime.StreamsRole;
import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker behind TLS that asks for a password, with a certificate that nobody but the tests trusts. */
@Tag("full")
class TlsIT {

    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"callweave\" password=\"%s\"";

    @TempDir
    private static Path directory;

    /** Of the broker. */
    private static Path store;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        store = KeyStores.make(directory, "broker", "RSA");
        kafka = broker();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldRunOverTlsWithAPassword() throws Exception {
        runsThrough(settings(Map.of()));
    }

    @Test
    void shouldSayThatTheBrokersTurnUsAwayAndNotWithWhat() {
        Settings wrong = settings(Map.of("kafka.sasl.jaas.config", LOGIN.formatted("wrong") + ";"));

        assertThatThrownBy(() -> StreamsRole.start(wrong))
                .isInstanceOf(OperationsException.class)
                .hasMessage("Kafka at " + kafka.bootstrapServers()
                        + " refuses this client: Authentication failed: Invalid username or password.")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("wrong"));
    }

    @Test
    void shouldSayInASentenceThatTheCertificateIsNotTrustedOrTlsIsMissing() throws Exception {
        Settings distrust = settings(Map.of(
                "kafka.ssl.truststore.location",
                KeyStores.make(directory, "other", "RSA").toString()));
        Settings plain = settings(Map.of("kafka.security.protocol", "PLAINTEXT"));

        assertThatThrownBy(() -> StreamsRole.start(distrust))
                .isInstanceOf(OperationsException.class)
                .hasMessageStartingWith("Kafka at " + kafka.bootstrapServers() + " refuses this client: ")
                .hasMessageContaining("SSL handshake failed");
        assertThatThrownBy(() -> Cluster.connect(plain.kafkaClientOptions(), Duration.ofSeconds(2)))
                .isInstanceOf(OperationsException.class)
                .hasMessage(
                        "No Kafka broker at " + kafka.bootstrapServers() + " (bootstrap.servers) answered within 2 s.");
    }

    private static void runsThrough(Settings settings) throws Exception {
        try (Cluster cluster = ClusterSettings.connect(settings)) {
            Topics.create(cluster.admin(), TopicPlan.withPrefix("callweave."), 1, Topics.CLUSTER_DEFAULT_REPLICATION);
        }
        Map<String, Object> client = new HashMap<>(settings.kafkaClientOptions());
        try (StreamsRole app = StreamsRole.start(settings);
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
                Consumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            await().until(() -> app.state() == KafkaStreams.State.RUNNING);
            for (String line :
                    call().inbound("+15550100002").answeredBy("104").hangUp().lines()) {
                var unused = producer.send(new ProducerRecord<>("callweave.notifications", line.getBytes(UTF_8)))
                        .get();
            }
            TopicPartition calls = new TopicPartition(Topic.CALLS.name("callweave."), 0);
            consumer.assign(List.of(calls));
            consumer.seekToBeginning(List.of(calls));
            List<String> records = new ArrayList<>();
            await().pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(read -> records.add(new String(read.value(), UTF_8)));
                return !records.isEmpty();
            });
            assertThat(records).singleElement().asString().contains("\"status\":\"complete\"");
        }
    }

    /** The broker trusts itself: it is its own client. */
    private static EmbeddedKafka broker() {
        Map<String, String> overrides = new HashMap<>();
        overrides.put("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT");
        overrides.put("sasl.enabled.mechanisms", "PLAIN");
        overrides.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        overrides.put(
                "listener.name.plaintext.plain.sasl.jaas.config",
                LOGIN.formatted("right") + " user_callweave=\"right\";");
        overrides.put("ssl.keystore.type", "PKCS12");
        overrides.put("ssl.keystore.location", store.toString());
        overrides.put("ssl.keystore.password", KeyStores.PASSWORD);
        overrides.put("ssl.truststore.type", "PKCS12");
        overrides.put("ssl.truststore.location", store.toString());
        overrides.put("ssl.truststore.password", KeyStores.PASSWORD);
        return EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(directory.resolve("kafka")).withOverrides(overrides));
    }

    private static Settings settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("state.dir", directory.resolve("state").toString());
        settings.put("http.port", "0");
        settings.put("kafka.security.protocol", "SASL_SSL");
        settings.put("kafka.sasl.mechanism", "PLAIN");
        settings.put("kafka.sasl.jaas.config", LOGIN.formatted("right") + ";");
        settings.put("kafka.ssl.truststore.location", store.toString());
        settings.put("kafka.ssl.truststore.password", KeyStores.PASSWORD);
        settings.putAll(more);
        return Settings.load(settings, Map.of(), Optional.empty());
    }
}
