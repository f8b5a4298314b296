package io.callweave.bench.competitors;

import io.callweave.bench.competitors.postgresql.PostgresCheck;
import io.callweave.bench.competitors.postgresql.PostgresCluster;
import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.throughput.BenchTopics;
import io.callweave.bench.throughput.Candidate;
import io.callweave.bench.throughput.Pace;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.files.LocalException;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * Runs all subjects in turn over the same traffic, part by part: the warm-up, then the rounds, then the rest of the
 * calls. Each subject has a process, which lives until the end; the broker is in this one.
 */
final class CompetitorsBench implements AutoCloseable {

    /** A part is on disk with all its outputs, which take several times its own size. */
    private static final long MOST_AT_ONCE = 250_000;

    /** Longer than Callweave holds events back, so every party event of a part is written within it. */
    private static final long GAPS_GIVEN_UP_AFTER = Duration.ofSeconds(1).toMillis();

    /** Longer than all waits for a call after its parties are over. */
    private static final long SETTLED_AFTER = Duration.ofMinutes(5).toMillis();

    private static final Map<String, String> BROKER = Map.of(
            // Only whole segments are deleted.
            "log.segment.bytes", Integer.toString(32 << 20), "log.retention.check.interval.ms", "5000");

    private final CompetitorOptions options;
    private final Progress progress;
    private final EmbeddedKafka broker;
    private final Admin admin;
    private final CpuTimes brokerCpu = new CpuTimes();
    private final LiveTraffic expectedTraffic;
    private final ExpectedCalls expected = new ExpectedCalls();
    private final List<CompetitorRun> runs = new ArrayList<>();

    /** Receives the progress of the runs. */
    interface Progress {

        /** A subject has finished a part, such as {@code round 1}. */
        void ran(String part, Competitor competitor, Measurement measurement);
    }

    /**
     * Starts the broker, the databases and the processes.
     *
     * @param directory for the broker and the state of the subjects, empty
     * @throws LocalException if that fails
     */
    CompetitorsBench(CompetitorOptions options, Path directory, Progress progress) {
        this.options = options;
        this.progress = progress;
        broker = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(directory.resolve("kafka")).withOverrides(BROKER));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        CallTemplates templates = CallTemplates.make();
        Pace pace = Pace.of(options.size(), templates, System.currentTimeMillis());
        expectedTraffic = traffic(templates, pace);
        try {
            for (Competitor competitor : Competitor.values()) {
                if (options.subjects().contains(competitor)) {
                    runs.add(run(competitor, directory, templates, pace));
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private CompetitorRun run(Competitor competitor, Path directory, CallTemplates templates, Pace pace) {
        @Nullable
        PostgresCluster database = competitor.kind() == Competitor.Kind.POSTGRESQL ? PostgresCluster.create() : null;
        CompetitorSite site = new CompetitorSite(
                competitor,
                Topic.NOTIFICATIONS.name(competitor.prefix()),
                competitor.prefix(),
                competitor.group(),
                broker.bootstrapServers(),
                options.size().partitions(),
                options.size().threads(),
                directory(directory.resolve(competitor.label())),
                pace.lateWindow(),
                database == null ? "" : database.jdbcUrl());
        Candidate candidate = StreamsApplication.candidateOf(competitor, options, pace.lateWindow());
        if (competitor.kind() == Competitor.Kind.STREAMS) {
            candidate.createTopics(admin);
        } else {
            createTopics(site);
        }
        WorkCheck check = database == null ? new TopicCheck(site, candidate) : new PostgresCheck(site);
        return new CompetitorRun(site, admin, brokerCpu, traffic(templates, pace), check, database);
    }

    private LiveTraffic traffic(CallTemplates templates, Pace pace) {
        return new LiveTraffic(templates, options.size().accounts(), pace.start(), pace.gap());
    }

    private void createTopics(CompetitorSite site) {
        List<String> names = new ArrayList<>(List.of(site.input()));
        names.addAll(CompetitorTopics.outputs(site));
        BenchTopics.await(admin.createTopics(names.stream()
                        .map(name -> new NewTopic(name, site.partitions(), (short) 1))
                        .toList())
                .all());
    }

    private static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs everything.
     *
     * @throws LocalException if a subject fails or has not done all of its work
     */
    CompetitorResults run() {
        for (long left = options.size().warmUp(); left > 0; left -= MOST_AT_ONCE) {
            long size = Math.min(left, MOST_AT_ONCE);
            runAll("warm-up", (flow, sink) -> flow.mixed(size, sink), GAPS_GIVEN_UP_AFTER);
        }
        Map<Competitor, List<Measurement>> rounds = new EnumMap<>(Competitor.class);
        for (int round = 1; round <= options.size().rounds(); round++) {
            runAll("round " + round, (flow, sink) -> flow.mixed(options.size().events(), sink), GAPS_GIVEN_UP_AFTER)
                    .forEach((competitor, measurement) -> rounds.computeIfAbsent(competitor, key -> new ArrayList<>())
                            .add(measurement));
        }
        double linkedShare = expectedTraffic.linkedShare();
        runAll("rest", (flow, sink) -> flow.rest(sink), SETTLED_AFTER);
        runs.forEach(run -> run.checkCalls(expected.calls()));
        return new CompetitorResults(options, rounds, linkedShare);
    }

    private Map<Competitor, Measurement> runAll(String name, CompetitorRun.Part part, long runOn) {
        part.put(expectedTraffic, expected);
        Map<Competitor, Measurement> measurements = new EnumMap<>(Competitor.class);
        for (CompetitorRun run : runs) {
            Measurement measurement = run.run(part, runOn);
            progress.ran(name, run.competitor(), measurement);
            measurements.put(run.competitor(), measurement);
        }
        if (runs.stream().mapToLong(CompetitorRun::checksum).distinct().count() != 1) {
            throw new LocalException(
                    "The subjects were not given the same input, so their figures cannot be compared.");
        }
        return measurements;
    }

    @Override
    public void close() {
        runs.forEach(CompetitorRun::close);
        admin.close();
        broker.close();
    }
}
