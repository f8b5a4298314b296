package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.callweave.PlainHttp;
import io.callweave.cli.RoleProcess;
import io.callweave.local.BrokerProcess;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.StreamsRole;
import io.callweave.runtime.options.StreamsRoleOptions;
import io.callweave.runtime.progress.ProgressLimits;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import io.callweave.topology.time.ConsumerProgress;
import io.callweave.topology.time.SourceProgress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steps that take longer than the transaction timeout are fenced and begin again: without a sign, nobody would notice.
 */
@Tag("full")
class StandstillIT {

    private static final int WELL = 200;
    private static final int UNWELL = 503;

    /** A tenth of what the product allows, and less for the transactions, so that attempts are over soon. */
    private static final ProgressLimits HASTY = new ProgressLimits(
            Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(6), Duration.ofMinutes(5));

    private static final Duration TRANSACTION = Duration.ofSeconds(2);
    private static final Duration STEP = TRANSACTION.plusSeconds(1);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldFailItsLivenessWhileItCommitsNothingAndNameTheRecordThatItBeginsAgainAndAgain() throws Exception {
        CountDownLatch hurry = new CountDownLatch(1);
        List<String> lines =
                call().inbound("+15550100002").answeredBy("104").hangUp().lines();
        Map<String, String> settings = Map.of(
                "streams.num.stream.threads",
                "1",
                "streams.producer.transaction.timeout.ms",
                Long.toString(TRANSACTION.toMillis()));
        try (Installation installation = Installation.create(kafka, directory, "slow", settings)) {
            StreamsRole app = installation.start("only", Map.of(), options -> slow(options, hurry));
            installation.accept(lines);

            await().until(() -> get(app, "/health/live").statusCode() == UNWELL);

            assertThat(get(app, "/health/live").body())
                    .contains("\"live\":false", "\"reason\":\"Partition slow", " has stood still at offset ");
            await().until(() -> !get(app, "/metrics").body().contains("callweave_records_repeated_total 0.0"));

            hurry.countDown();

            await().until(() -> get(app, "/health/live").statusCode() == WELL);
            installation.awaitAssembled();
        }
    }

    @Test
    void shouldNotBeReadyAndStayAliveWhileNoBrokerAnswers() throws Exception {
        String name = "silent";
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("silent-kafka"))) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                Topics.create(admin, TopicPlan.withPrefix(name + "."), 2, (short) 1);
            }
            try (RoleProcess process = RoleProcess.start(
                    "streams",
                    directory.resolve("silent.log"),
                    Map.of(),
                    "--bootstrap-servers=" + broker.bootstrapServers(),
                    "--application-id=" + name,
                    "--topics-prefix=" + name + ".",
                    "--state-dir=" + directory.resolve("silent-state"),
                    "--http-port=0")) {
                await().until(process::isReady);

                broker.pause();

                await().until(() -> process.health("ready").statusCode() == UNWELL);
                assertThat(process.health("ready").body())
                        .contains("\"live\":true", "\"reason\":\"No Kafka broker has answered for ");
                assertThat(process.health("live").statusCode()).isEqualTo(WELL);
                broker.resume();
                await().until(process::isReady);
                assertThat(process.logLines())
                        .filteredOn(line -> line.contains("disconnected") || line.contains("Disconnected"))
                        .allMatch(line -> line.contains("A broker cannot be reached"))
                        .hasSizeLessThanOrEqualTo(3);
            }
        }
    }

    /** Kafka Streams begins again where a producer's epoch is old, and fails its thread at what brokers answer here. */
    @Test
    void shouldTakeAnExpiredTransactionForOneThatIsLostWhereOnlyItsEndIsLeft() throws Exception {
        String id = "expired";
        Map<String, Object> options = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                id,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                1_000);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                Producer<byte[], byte[]> producer = new ConsumerProgress().getProducer(options)) {
            admin.createTopics(List.of(new NewTopic(id, 1, (short) 1))).all().get();
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(id, new byte[1])).get();
            await().until(() -> admin.describeTransactions(List.of(id))
                            .description(id)
                            .get()
                            .state()
                    == TransactionState.COMPLETE_ABORT);

            assertThatExceptionOfType(InvalidProducerEpochException.class)
                    .isThrownBy(producer::commitTransaction)
                    .withCauseInstanceOf(InvalidTxnStateException.class);
            assertThatExceptionOfType(InvalidProducerEpochException.class).isThrownBy(producer::abortTransaction);
        }
    }

    /** Each look at the clock takes longer than a transaction may, as long as nobody hurries. */
    private static StreamsRoleOptions slow(StreamsRoleOptions options, CountDownLatch hurry) {
        return new StreamsRoleOptions(options.role(), options.topology(), HASTY, readAhead -> slow(readAhead, hurry));
    }

    private static SourceProgress slow(SourceProgress readAhead, CountDownLatch hurry) {
        return new SourceProgress() {
            @Override
            public void started(TopicPartition partition) {
                readAhead.started(partition);
            }

            /** Else the record would be committed before the clock is looked at, and not begin again. */
            @Override
            public long nanosBehind(String forAll) {
                return FAR_BEHIND_NANOS;
            }

            @Override
            public OptionalLong drainedAt(TopicPartition partition, long lastOffset) {
                try {
                    var unused = hurry.await(STEP.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return readAhead.drainedAt(partition, lastOffset);
            }
        };
    }

    private HttpResponse<String> get(StreamsRole app, String path) throws Exception {
        return PlainHttp.get(app.httpAddress() + path);
    }
}
