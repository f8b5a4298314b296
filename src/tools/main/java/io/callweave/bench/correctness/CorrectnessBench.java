package io.callweave.bench.correctness;

import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Runs all subjects over the same simulated calls, delivered well and badly, and judges their calls by the truth. */
public final class CorrectnessBench implements AutoCloseable {

    private static final int PARTITIONS = 4;
    private static final int LINGER_MILLIS = 20;
    private static final long AFTER_ALL = 2 * 60 * 60_000L;

    /** It only moves the clock, and has no calls. */
    static final String CLOCK_ACCOUNT = "1";

    private final CorrectnessOptions options;
    private final Path directory;
    private final Consumer<String> progress;
    private final EmbeddedKafka broker;
    private final Admin admin;

    private record Scenario(String name, DeliveryFaults faults, double lateCopies, int kills) {}

    /** @param progress receives a line for each step */
    public CorrectnessBench(CorrectnessOptions options, Path directory, Consumer<String> progress) {
        this.options = options;
        this.directory = directory;
        this.progress = progress;
        broker = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }

    /**
     * Runs everything.
     *
     * @throws io.callweave.files.LocalException if a subject fails
     */
    public List<CorrectnessRow> run() throws InterruptedException {
        progress.accept("simulating calls");
        BenchFeed feed = new BenchFeed(options.calls(), options.seed());
        List<Scenario> scenarios = new ArrayList<>(List.of(
                new Scenario("clean", DeliveryFaults.NONE, 0, 0),
                new Scenario("faults", options.faults(), options.lateCopies(), 0)));
        if (options.kills() > 0) {
            scenarios.add(new Scenario("faults and kills", options.faults(), options.lateCopies(), options.kills()));
        }
        List<CorrectnessRow> rows = new ArrayList<>();
        for (int number = 0; number < scenarios.size(); number++) {
            run(scenarios.get(number), "bench" + number + ".", feed, rows);
        }
        return rows;
    }

    private void run(Scenario scenario, String prefix, BenchFeed feed, List<CorrectnessRow> rows)
            throws InterruptedException {
        Topics.create(admin, prefix, PARTITIONS, (short) 1, Topics.Variant.FILES);
        Input input = new Input(prefix);
        List<TrueCall> truths = feed.send(scenario.faults(), scenario.lateCopies(), input);
        input.finish();
        for (Contender subject : options.subjects()) {
            progress.accept(scenario.name() + ": " + subject.label());
            try (Contender.Trial trial = subject.prepare(new Contender.TrialSite(
                    admin,
                    broker.bootstrapServers(),
                    prefix,
                    PARTITIONS,
                    directory.resolve("state-" + prefix + subject.label())))) {
                InputProgress read =
                        new InputProgress(admin, Topic.NOTIFICATIONS.name(prefix), PARTITIONS, trial.group());
                SubjectRun.Cost cost = new SubjectRun(trial, read, directory.resolve(prefix + subject.label() + ".log"))
                        .run(scenario.kills());
                CorrectnessRow row = new CorrectnessRow(
                        scenario.name(),
                        subject,
                        input.sent,
                        Judge.judge(truths, trial.calls()),
                        cost.cpuSeconds(),
                        cost.jitSeconds());
                progress.accept(CorrectnessReport.line(row));
                rows.add(row);
            }
        }
    }

    /** Moves the clock of the session windows; of an account that is not compared. */
    private static byte[] sentinel(int partition) {
        return ("{\"uuid\":\"1\",\"event\":\"/restapi/v1.0/account/1/telephony/sessions\","
                        + "\"timestamp\":\"2026-03-02T09:00:00.000Z\",\"ownerId\":\"1\",\"body\":{\"sequence\":2,"
                        + "\"telephonySessionId\":\"s-%d\",\"eventTime\":\"2026-03-02T09:00:00.000Z\",\"parties\":[{"
                        + "\"accountId\":\"1\",\"id\":\"p-1\",\"direction\":\"Outbound\","
                        + "\"status\":{\"code\":\"Setup\"}}]}}")
                .formatted(partition)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }

    /** Writes the input, with the time of arrival as the timestamp. */
    private final class Input implements BenchFeed.Sink {

        private final String topic;
        private final KafkaProducer<byte[], byte[]> producer;
        private long sent;
        private long last;

        Input(String prefix) {
            topic = Topic.NOTIFICATIONS.name(prefix);
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            broker.bootstrapServers(),
                            ProducerConfig.LINGER_MS_CONFIG,
                            LINGER_MILLIS),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        @Override
        public void send(String session, byte[] notification, long receivedAt) {
            last = receivedAt;
            sent++;
            var unused = producer.send(new ProducerRecord<>(
                    topic, null, receivedAt, session.getBytes(StandardCharsets.US_ASCII), notification));
        }

        void finish() {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                String id = "s-" + partition;
                var unused = producer.send(new ProducerRecord<>(
                        topic,
                        partition,
                        last + AFTER_ALL,
                        id.getBytes(StandardCharsets.US_ASCII),
                        sentinel(partition)));
            }
            producer.close();
        }
    }
}
