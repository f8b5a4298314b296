package io.callweave.runtime.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.time.ConsumerProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsRoleOptionsTest {

    private final RocksDbMemory memory = new RocksDbMemory(16 << 20);

    @AfterEach
    void free() {
        memory.close();
    }

    @Test
    void shouldHandKafkasOptionsToEveryClient() {
        Settings settings = Settings.load(
                Map.of(
                        "bootstrap.servers", "kafka:9092",
                        "kafka.security.protocol", "SASL_SSL",
                        "kafka.sasl.mechanism", "PLAIN",
                        "kafka.sasl.jaas.config", "secret",
                        "kafka.ssl.truststore.location", "/certs/ca.p12"),
                Map.of(),
                Optional.empty());

        StreamsConfig config = config(settings.kafkaStreamsOptions());

        for (Map<String, Object> client : List.of(
                config.getMainConsumerConfigs("group", "client", 1),
                config.getRestoreConsumerConfigs("client"),
                config.getProducerConfigs("client"),
                config.getAdminConfigs("client"))) {
            assertThat(client)
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("sasl.mechanism", "PLAIN")
                    .containsEntry("ssl.truststore.location", "/certs/ca.p12");
            assertThat(text(client.get("sasl.jaas.config"))).isEqualTo("secret");
            assertThat(client.get("bootstrap.servers").toString()).contains("kafka:9092");
        }
    }

    @Test
    void shouldBeExactlyOnceAndShareWork() {
        StreamsConfig config = config(Map.of("num.standby.replicas", "1"));

        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getLong("acceptable.recovery.lag")).isEqualTo(10_000);
        assertThat(config.getLong("probing.rebalance.interval.ms")).isEqualTo(60_000);
        assertThat(config.getInt("max.warmup.replicas")).isEqualTo(100);
        assertThat(config.getInt("num.standby.replicas")).isEqualTo(1);
        assertThat(config.getLong("commit.interval.ms")).isEqualTo(1_000);
        assertThat(config.getString("group.protocol")).isEqualToIgnoringCase("classic");
    }

    /** When it gives up, Kafka Streams' thread fails. */
    @Test
    void shouldLetACommitWaitForBrokersUnlessUsersSayHowLong() {
        assertThat(config(Map.of()).getProducerConfigs("client")).containsEntry("max.block.ms", 86_400_000L);
        assertThat(config(Map.of("producer.max.block.ms", "7000")).getProducerConfigs("client"))
                .containsEntry("max.block.ms", "7000");
    }

    @Test
    void shouldLetUsersSayHowWorkIsShared() {
        StreamsConfig config = config(Map.of("acceptable.recovery.lag", "7", "max.warmup.replicas", "2"));

        assertThat(config.getLong("acceptable.recovery.lag")).isEqualTo(7);
        assertThat(config.getInt("max.warmup.replicas")).isEqualTo(2);
    }

    @Test
    void shouldReplaceAKilledInstanceSoonerThanATransactionTimesOut() {
        assertThat(mainConsumer(Map.of())).containsEntry("session.timeout.ms", 10_000);
        assertThat(mainConsumer(Map.of("main.consumer.session.timeout.ms", "7000")))
                .containsEntry("session.timeout.ms", "7000");
        assertThat(mainConsumer(Map.of("heartbeat.interval.ms", "12000"))).doesNotContainKey("session.timeout.ms");
    }

    private Map<String, Object> mainConsumer(Map<String, Object> given) {
        return config(given).getMainConsumerConfigs("group", "client", 0);
    }

    /** It has no warm-ups, and warns of whoever asks for some. */
    @Test
    void shouldAskForNoWarmUpsUnderTheStreamsProtocol() {
        assertThat(TestConfigs.of(TopicPlan.withPrefix(""), Map.of("group.protocol", "streams"))
                        .kafkaStreams(12, memory, new ConsumerProgress()))
                .doesNotContainKeys("max.warmup.replicas", "acceptable.recovery.lag", "session.timeout.ms");
    }

    @Test
    void shouldSendWhateverTheTopicsTake() {
        StreamsConfig config = config(Map.of());

        assertThat(config.getProducerConfigs("client"))
                .containsEntry("max.request.size", 64 << 20)
                .containsEntry("buffer.memory", 128L << 20);
        assertThat(config.originals()).containsEntry("topic.max.message.bytes", 8 << 20);
    }

    /** Or each record waits until some batch is sent: with 48 partitions, a fifth of the rate. */
    @ParameterizedTest
    @ValueSource(ints = {1, 12, 48, 140, 1_000})
    void shouldFitABatchForEachPartitionIntoTheMemoryOfAProducer(int partitions) {
        for (Map<String, Object> given : List.<Map<String, Object>>of(
                Map.of(), Map.of("buffer.memory", "134217728"), Map.of("producer.buffer.memory", 200_000_000))) {
            Map<String, Object> producer = config(given, partitions).getProducerConfigs("client");

            long batch = Long.parseLong(producer.get("batch.size").toString());
            assertThat(batch * 9 * partitions)
                    .isLessThan(Long.parseLong(producer.get("buffer.memory").toString()));
            assertThat(batch).isBetween(4L << 10, 128L << 10);
        }
    }

    @Test
    void shouldFillLargeBatchesWhereThereIsMemory() {
        assertThat(config(Map.of(), 12).getProducerConfigs("client")).containsEntry("batch.size", 128 << 10);
        assertThat(config(Map.of("producer.batch.size", 1_000), 12).getProducerConfigs("client"))
                .containsEntry("batch.size", 1_000);
    }

    /** An option without a prefix is for all clients, and the producer is one of them. */
    @Test
    void shouldLetOptionsOfTheProducerBeGivenWithoutItsPrefix() {
        assertThat(config(Map.of("batch.size", 1_000, "linger.ms", 5, "compression.type", "zstd"))
                        .getProducerConfigs("client"))
                .containsEntry("batch.size", 1_000)
                .containsEntry("linger.ms", 5)
                .containsEntry("compression.type", "zstd");
    }

    @Test
    void shouldLetGivenLimitsWin() {
        StreamsConfig config = config(Map.of("max.request.size", "1000", "producer.buffer.memory", "2000"));

        assertThat(config.getProducerConfigs("client"))
                .containsEntry("max.request.size", "1000")
                .containsEntry("buffer.memory", "2000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processing.guarantee",
                "main.consumer.auto.offset.reset",
                "auto.offset.reset",
                "consumer.isolation.level",
                "producer.transactional.id",
                "statestore.cache.max.bytes",
                "rocksdb.config.setter",
                "topology.optimization",
                "deserialization.exception.handler",
                "topic.retention.ms",
                "topic.retention.bytes",
                "topic.cleanup.policy",
                "topic.message.timestamp.type"
            })
    void shouldRefuseWhatTheTopologyOwns(String option) {
        assertThatThrownBy(() -> TestConfigs.of(TopicPlan.withPrefix(""), Map.of(option, "any")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "Kafka's option " + option + " cannot be set, neither as streams. nor as kafka.: ");
    }

    /** It would say that it runs, and process nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2.5", "two", ""})
    void shouldRefuseToRunWithoutAThread(String threads) {
        assertThatThrownBy(() -> TestConfigs.of(TopicPlan.withPrefix(""), Map.of("num.stream.threads", threads)))
                .isInstanceOf(SettingsException.class)
                .hasMessage("Kafka's option num.stream.threads is \"" + threads
                        + "\"; it must be a whole number from 1 on.");
    }

    /** It would start, and a partition would stop at the first large notification. */
    @ParameterizedTest
    @ValueSource(strings = {"8388607", "0", "8 MB", ""})
    void shouldRefuseALimitOfInternalTopicsThatIsTooLow(String limit) {
        assertThatThrownBy(() -> TestConfigs.of(TopicPlan.withPrefix(""), Map.of("topic.max.message.bytes", limit)))
                .isInstanceOf(SettingsException.class)
                .hasMessage("Kafka's option topic.max.message.bytes is \"" + limit
                        + "\"; it must be a whole number from 8388608 on, because of notifications.max-bytes.");
    }

    @Test
    void shouldLetTheLimitOfInternalTopicsBeRaised() {
        assertThat(config(Map.of("topic.max.message.bytes", "8388609")).originals())
                .containsEntry("topic.max.message.bytes", "8388609");
    }

    @Test
    void shouldKeepAllThatIsNotReadWhateverTheClusterKeeps() {
        assertThat(config(Map.of()).originals()).containsEntry("topic.retention.bytes", -1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main.consumer.group.instance.id",
                "group.instance.id",
                "num.standby.replicas",
                "max.warmup.replicas",
                "session.timeout.ms",
                "consumer.heartbeat.interval.ms"
            })
    void shouldRefuseWhatTheStreamsProtocolDoesNotHave(String option) {
        TopicPlan plan = TopicPlan.withPrefix("");

        assertThatThrownBy(() -> TestConfigs.of(plan, Map.of("group.protocol", "streams", option, "1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "Kafka's option " + option + " cannot be set with streams.group.protocol=streams: ")
                .hasMessageEndingWith("; or use streams.group.protocol=classic.");
        assertThat(TestConfigs.of(plan, Map.of("group.protocol", "classic", option, "1"))
                        .role()
                        .streams())
                .containsKey(option);
    }

    @Test
    void shouldSayWhereTheStreamsProtocolHasItsStandbys() {
        assertThatThrownBy(() -> TestConfigs.of(
                        TopicPlan.withPrefix(""), Map.of("group.protocol", "STREAMS", "num.standby.replicas", "1")))
                .hasMessageContaining("kafka-configs.sh --alter --entity-type groups --entity-name app --add-config"
                        + " streams.num.standby.replicas=…");
    }

    @Test
    void shouldSayWhyTheGuaranteeIsAsItIs() {
        assertThatThrownBy(
                        () -> TestConfigs.of(TopicPlan.withPrefix(""), Map.of("processing.guarantee", "at_least_once")))
                .hasMessage(
                        "Kafka's option processing.guarantee cannot be set, neither as streams. nor as kafka.: every"
                                + " record is emitted together with the input that caused it, or not at all.");
    }

    @Test
    void shouldKnowAStaticMember() {
        TopicPlan plan = new TopicPlan("", Duration.ofDays(7), true, 1 << 20);

        assertThat(TestConfigs.of(plan, Map.of()).isStaticMember()).isFalse();
        assertThat(TestConfigs.of(plan, Map.of("main.consumer.group.instance.id", "pod-0"))
                        .isStaticMember())
                .isTrue();
    }

    @Test
    void shouldShowNoSecrets() {
        assertThat(TestConfigs.of(TopicPlan.withPrefix(""), Map.of("sasl.jaas.config", "hunter2")))
                .asString()
                .doesNotContain("hunter2");
    }

    private StreamsConfig config(Map<String, Object> more) {
        return config(more, 12);
    }

    private StreamsConfig config(Map<String, Object> more, int partitions) {
        return new StreamsConfig(TestConfigs.of(TopicPlan.withPrefix(""), more)
                .kafkaStreams(partitions, memory, new ConsumerProgress()));
    }

    private static String text(Object value) {
        return value instanceof Password password ? password.value() : String.valueOf(value);
    }
}
