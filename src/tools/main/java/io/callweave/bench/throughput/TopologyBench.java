package io.callweave.bench.throughput;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.RecordCounts;
import io.callweave.bench.throughput.SubjectBench.BenchSite;
import io.callweave.bench.throughput.SubjectBench.Part;
import io.callweave.bench.throughput.SubjectBench.RunWatch;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.files.LocalException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Runs all {@link Subject}s in turn over the same endless traffic, part by part: first the settled calls, then the
 * warm-up, then the rounds. Each subject keeps its state from part to part. The ratio within a round is what counts:
 * single figures depend on the machine and the hour.
 */
public final class TopologyBench implements AutoCloseable {

    /** A part is on disk with all its outputs, which take several times its own size. */
    private static final long MOST_AT_ONCE = 250_000;

    /** Longer than a gap holds events back, so every party event of a part is written within it. */
    private static final long GAPS_GIVEN_UP_AFTER = Duration.ofSeconds(1).toMillis();

    /** Longer than all waits for a call after its parties are over. */
    private static final long SETTLED_AFTER = Duration.ofMinutes(5).toMillis();

    private static final Map<String, String> BROKER = Map.of(
            // Only whole segments are deleted.
            "log.segment.bytes", Integer.toString(32 << 20), "log.retention.check.interval.ms", "5000");

    private final BenchOptions options;
    private final Progress progress;
    private final EmbeddedKafka broker;
    private final Admin admin;
    private final Pace pace;
    private final List<SubjectBench> subjects;

    /** Receives the progress of the runs. */
    public interface Progress {

        /**
         * A subject has finished a part.
         *
         * @param part the finished part, such as {@code round 1}
         */
        void ran(String part, Subject subject, Measurement measurement);
    }

    /**
     * Starts a broker and creates all topics.
     *
     * @param directory for the broker and the state of the subjects, empty
     * @throws LocalException if that fails
     */
    public TopologyBench(BenchOptions options, Path directory, Progress progress) {
        this.options = options;
        this.progress = progress;
        broker = startBroker(directory.resolve("kafka"));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        CallTemplates templates = CallTemplates.make();
        pace = Pace.of(options, templates, System.currentTimeMillis());
        BenchSite site = new BenchSite(
                "bench", options, broker.bootstrapServers(), admin, directory.resolve("state"), new CpuTimes());
        subjects = Stream.of(Subject.values())
                .filter(options.subjects()::contains)
                .map(subject -> new SubjectBench(subject, site, pace, templates))
                .toList();
    }

    /** Starts a broker that deletes old records soon. */
    public static EmbeddedKafka startBroker(Path directory) {
        return EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory).withOverrides(BROKER));
    }

    /**
     * Runs everything.
     *
     * @throws LocalException if a subject fails or has not done all of its work
     */
    public Results run() throws InterruptedException {
        LiveTraffic traffic = subjects.get(0).traffic();
        while (traffic.begun() < options.aged()) {
            runAll(
                    "settled calls",
                    (flow, sink) -> flow.brief(options.aged(), MOST_AT_ONCE, sink),
                    subject -> RunWatch.NONE);
        }
        for (long left = options.warmUp(); left > 0; left -= MOST_AT_ONCE) {
            long size = Math.min(left, MOST_AT_ONCE);
            runAll("warm-up", (flow, sink) -> flow.mixed(size, sink), subject -> RunWatch.NONE);
        }
        Map<Subject, List<Measurement>> rounds = new EnumMap<>(Subject.class);
        Map<Subject, RecordCounts> sent = new EnumMap<>(Subject.class);
        for (int round = 1; round <= options.rounds(); round++) {
            runAll(
                            "round " + round,
                            (flow, sink) -> flow.mixed(options.events(), sink),
                            subject -> counting(sent.computeIfAbsent(subject, key -> new RecordCounts())))
                    .forEach((subject, measurement) -> rounds.computeIfAbsent(subject, key -> new ArrayList<>())
                            .add(measurement));
        }
        double linkedShare = traffic.linkedShare();
        finish();
        return new Results(options, rounds, sent, linkedShare, Duration.ofMillis(pace.lateWindow()));
    }

    private static RunWatch counting(RecordCounts sent) {
        return new RunWatch() {
            @Override
            public void beforeStop(KafkaStreams streams) {
                sent.add(streams);
            }
        };
    }

    private Map<Subject, Measurement> runAll(String name, Part part, Function<Subject, RunWatch> watches)
            throws InterruptedException {
        Map<Subject, Measurement> measurements = new EnumMap<>(Subject.class);
        for (SubjectBench subject : subjects) {
            Measurement measurement = subject.run(part, GAPS_GIVEN_UP_AFTER, watches.apply(subject.subject()));
            progress.ran(name, subject.subject(), measurement);
            measurements.put(subject.subject(), measurement);
        }
        checkSameInput();
        return measurements;
    }

    /** Lets all calls end, and checks that each was emitted and that the old ones were closed. */
    private void finish() throws InterruptedException {
        for (SubjectBench subject : subjects) {
            Measurement rest = subject.run((flow, sink) -> flow.rest(sink), SETTLED_AFTER);
            progress.ran("rest", subject.subject(), rest);
            subject.checkCalls();
        }
        checkSameInput();
        if (options.aged() > 0) {
            for (SubjectBench subject : subjects) {
                if (subject.subject().isCallweave()) {
                    progress.ran(
                            "too late",
                            subject.subject(),
                            subject.checkClosed(subject.traffic().now() - pace.lateWindow(), 2 * SETTLED_AFTER));
                }
            }
        }
    }

    private void checkSameInput() {
        long checksums =
                subjects.stream().mapToLong(SubjectBench::checksum).distinct().count();
        if (checksums != 1) {
            throw new LocalException(
                    "The subjects were not given the same input, so their figures cannot be compared.");
        }
    }

    @Override
    public void close() {
        subjects.forEach(SubjectBench::close);
        admin.close();
        broker.close();
    }
}
