package io.callweave.bench.competitors.correctness;

import io.callweave.bench.competitors.Competitor;
import io.callweave.bench.competitors.SubjectClient;
import io.callweave.bench.competitors.postgresql.PostgresCalls;
import io.callweave.bench.competitors.postgresql.PostgresCluster;
import io.callweave.bench.throughput.BenchBroker;
import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.BenchTopics;
import io.callweave.bench.throughput.Product;
import io.callweave.bench.throughput.Site;
import io.callweave.bench.throughput.Subject;
import io.callweave.bench.traffic.InputPartitions;
import io.callweave.files.LocalException;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Runs all subjects over the same simulated calls, delivered well and badly, and compares their calls with the truth. */
public final class CorrectnessBench implements AutoCloseable {

    public static final String USUAL_FAULTS = "shuffled=2s,duplicated=5%,dropped=0.1%,late=0.1%";

    /** Those that can be wrong in different ways; the other subjects make the same calls as one of these. */
    public static final List<String> USUAL_SUBJECTS =
            List.of("callweave", "dsl", "flink-heap", "flink-rocksdb", "postgresql-calls");

    private static final long USUAL_SEED = 18;
    private static final double USUAL_LATE_COPIES = 0.01;
    private static final int USUAL_KILLS = 2;
    private static final int PARTITIONS = 4;
    private static final int THREADS = 2;
    private static final int LINGER_MILLIS = 20;
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final long END_OF_TIME = Long.MAX_VALUE / 2;

    private final Options options;
    private final Consumer<String> progress;
    private final BenchBroker broker;

    /**
     * The size of the comparison.
     *
     * @param calls about how many calls are simulated
     * @param faults of the delivery
     * @param lateCopies the share of notifications that arrive again 2 to 20 minutes later
     * @param kills how often each subject is killed in the last scenario
     * @param subjects those that run, in this order
     */
    public record Options(
            int calls, long seed, DeliveryFaults faults, double lateCopies, int kills, List<Subject> subjects) {

        /**
         * Checks the sizes.
         *
         * @throws IllegalArgumentException if one is out of range; the sentence names the option of the command line
         */
        public Options {
            subjects = List.copyOf(subjects);
            BenchOptions.check("--calls", calls, 100, 200_000);
            BenchOptions.check("--kills", kills, 0, 10);
            BenchOptions.check("--late-copies", lateCopies, 0, 1);
        }

        /** Those that can be wrong in different ways, with the faults of the command, but for the size. */
        public static Options usual(int calls) {
            return new Options(
                    calls,
                    USUAL_SEED,
                    DeliveryFaults.parse(USUAL_FAULTS),
                    USUAL_LATE_COPIES,
                    USUAL_KILLS,
                    Subject.of(USUAL_SUBJECTS));
        }
    }

    /**
     * A subject in a scenario.
     *
     * @param delivery how the notifications are delivered
     * @param notifications that arrive
     * @param cpuSeconds of the processes of the subject, and of its database, without the broker
     */
    public record Row(String delivery, String subject, long notifications, Verdict verdict, double cpuSeconds) {

        /** What a table of all subjects shows. */
        public Subject.Judged judged() {
            return new Subject.Judged(
                    subject, delivery, notifications, verdict.calls(), verdict.right(), verdict.bad());
        }

        /** For programs. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("delivery", delivery);
            json.put("subject", subject);
            json.put("notifications", notifications);
            json.put("calls", verdict.calls());
            json.put("right", verdict.right());
            json.put("marked", verdict.marked());
            json.put("bad", verdict.bad());
            json.put("wrong", verdict.wrong());
            json.put("missing", verdict.missing());
            json.put("extra", verdict.extra());
            json.put("cpuSeconds", cpuSeconds);
            return json;
        }
    }

    private record Scenario(String name, DeliveryFaults faults, double lateCopies, int kills) {}

    /**
     * Starts a broker.
     *
     * @param directory for it and for the state of the subjects, empty
     * @param progress receives a line for each step
     */
    public CorrectnessBench(Options options, Path directory, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        broker = new BenchBroker(directory);
    }

    /**
     * Runs everything.
     *
     * @throws LocalException if a subject fails
     */
    public List<Row> run() throws InterruptedException {
        FaultyTraffic traffic = new FaultyTraffic(options.calls(), options.seed());
        List<Scenario> scenarios = new ArrayList<>(List.of(
                new Scenario("clean", DeliveryFaults.NONE, 0, 0),
                new Scenario("faults", options.faults(), options.lateCopies(), 0)));
        if (options.kills() > 0) {
            scenarios.add(new Scenario("faults and kills", options.faults(), options.lateCopies(), options.kills()));
        }
        List<Row> rows = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (Subject subject : options.subjects()) {
                progress.accept(scenario.name() + ": " + subject.label());
                rows.add(run(scenario, subject, "bench-" + rows.size(), traffic));
            }
        }
        return rows;
    }

    private Row run(Scenario scenario, Subject subject, String name, FaultyTraffic traffic)
            throws InterruptedException {
        PostgresCluster database = SubjectClient.databaseOf(subject);
        try {
            Path directory = broker.directory().resolve(name);
            Site site = new Site(
                    name,
                    subject.label(),
                    broker.servers(),
                    PARTITIONS,
                    THREADS,
                    directory,
                    CallOptions.DEFAULT.lateWindow().toMillis(),
                    true);
            subject.createTopics(broker.admin(), site);
            Map<TopicPartition, Long> ends = new HashMap<>();
            List<TrueCall> truths = send(scenario, subject, site, traffic, ends);
            double seconds = 0;
            Path log = directory.resolveSibling(name + ".log");
            for (int kill = 1; kill <= scenario.kills(); kill++) {
                try (SubjectClient client = new SubjectClient(subject, site, database, log)) {
                    seconds += client.startAndKill(END_OF_TIME, at((double) kill / (scenario.kills() + 1), site, ends));
                }
            }
            try (SubjectClient client = new SubjectClient(subject, site, database, log)) {
                client.start(0, END_OF_TIME, false);
                while (!client.isDone(ends)) {
                    client.cpu();
                    Thread.sleep(LOOK_EVERY_MILLIS); // commits can only be polled
                }
                seconds += client.cpu().process();
                client.stop();
            }
            Collection<TrueCall> calls = database == null
                    ? TopicCalls.last(
                            site.bootstrapServers(),
                            subject instanceof Product ? Topic.CALLS.name(site.prefix()) : Competitor.calls(site))
                    : PostgresCalls.all(database.jdbcUrl());
            return new Row(
                    scenario.name(),
                    subject.label(),
                    ends.values().stream().mapToLong(Long::longValue).sum(),
                    Verdict.of(truths, calls),
                    seconds);
        } finally {
            if (database != null) {
                database.close();
            }
        }
    }

    /** Writes the input, with the time of arrival as the timestamp, and returns the calls of which something arrived. */
    private static List<TrueCall> send(
            Scenario scenario, Subject subject, Site site, FaultyTraffic traffic, Map<TopicPartition, Long> ends) {
        InputPartitions partitions = new InputPartitions(subject.partitionBy(), PARTITIONS);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        site.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MILLIS,
                        // A topic that is not ready yet can refuse a batch and take the next one, and then no other.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<TrueCall> truths = traffic.send(
                    scenario.faults(),
                    scenario.lateCopies(),
                    (session, notification, receivedAt) -> producer.send(
                            new ProducerRecord<>(
                                    site.input(),
                                    partitions.of(notification),
                                    receivedAt,
                                    session.getBytes(StandardCharsets.US_ASCII),
                                    notification),
                            (written, failure) -> ends.merge(
                                    new TopicPartition(written.topic(), written.partition()),
                                    written.offset() + 1,
                                    Math::max)));
            producer.flush();
            return truths;
        }
    }

    /** True when the subject has committed more than before, and this share of the input, from 0 to 1. */
    private BooleanSupplier at(double share, Site site, Map<TopicPartition, Long> ends) {
        double before = committed(site, ends);
        return () -> {
            double now = committed(site, ends);
            if (now >= 1) {
                throw new LocalException(site.label() + " was done before it was killed; take more --calls.");
            }
            return now >= share && now > before;
        };
    }

    private double committed(Site site, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> committed = BenchTopics.committed(broker.admin(), site.group());
        double done = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            done += Math.min(end.getValue(), committed.getOrDefault(end.getKey(), 0L));
        }
        return done / ends.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        broker.close();
    }
}
