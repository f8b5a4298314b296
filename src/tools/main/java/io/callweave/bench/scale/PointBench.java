package io.callweave.bench.scale;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.BenchTopics;
import io.callweave.bench.throughput.Pace;
import io.callweave.bench.throughput.Subject;
import io.callweave.bench.throughput.SubjectBench;
import io.callweave.bench.throughput.SubjectBench.BenchSite;
import io.callweave.bench.throughput.SubjectBench.Part;
import io.callweave.bench.throughput.SubjectBench.RunWatch;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.TemporaryDirectory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The subjects of one shape, each with its own topics and state. They run in turn on the same input. */
final class PointBench implements AutoCloseable {

    /** A part is on disk with all its outputs, which take several times its own size. */
    private static final long MOST_AT_ONCE = 250_000;

    private static final long LEAST_AT_ONCE = 1_000;

    /** About as many as a call has before others end as fast as new ones begin. */
    private static final long NOTIFICATIONS_PER_CALL = 12;

    /** The number of calls at a time goes up and down a little. */
    private static final double ENOUGH = 0.9;

    /** The first notifications after a restart, for all partitions. */
    private static final long AFTER_RESTART = 2_000;

    /** Longer than a gap holds events back. */
    private static final long GAPS_GIVEN_UP_AFTER = Duration.ofSeconds(1).toMillis();

    private final String name;
    private final BenchOptions options;
    private final Admin admin;
    private final CallTemplates templates;
    private final Pace pace;
    private final TemporaryDirectory state = TemporaryDirectory.create("callweave-bench-state-");
    private final List<SubjectBench> subjects;
    private @Nullable Footprint footprint;

    /** What points share. */
    record Common(String bootstrapServers, Admin admin, CpuTimes cpu, CallTemplates templates) {}

    /**
     * Creates the topics.
     *
     * @param name the beginning of their names
     * @param chosen the subjects, Callweave first
     */
    PointBench(String name, BenchOptions options, List<Subject> chosen, Common common) {
        this.name = name;
        this.options = options;
        this.admin = common.admin();
        BenchSite site =
                new BenchSite(name, options, common.bootstrapServers(), common.admin(), state.path(), common.cpu());
        this.templates = common.templates();
        this.pace = Pace.of(options, templates, System.currentTimeMillis());
        subjects = chosen.stream()
                .map(subject -> new SubjectBench(subject, site, pace, templates))
                .toList();
    }

    /** Makes the settled calls, and then as many live calls as are to go on at a time. */
    void prepare() throws InterruptedException {
        while (traffic().begun() < options.aged()) {
            run((flow, sink) -> flow.brief(options.aged(), MOST_AT_ONCE, sink));
        }
        if (options.aged() == 0) {
            // Calls that are over before are not needed as settled ones.
            long full = pace.start() + templates.longest();
            while (traffic().happensUntil(full)) {
                long size = partSize();
                run((flow, sink) -> flow.goingOnAt(full, size, sink));
            }
        }
        long step = Math.max(LEAST_AT_ONCE, options.concurrentCalls() * NOTIFICATIONS_PER_CALL);
        while (traffic().live() < ENOUGH * options.concurrentCalls()) {
            long size = Math.min(step, partSize());
            run((flow, sink) -> flow.mixed(size, sink));
        }
    }

    /** Each part begins with work for every live call. */
    private long partSize() {
        return Math.max(MOST_AT_ONCE, 2L * traffic().live());
    }

    /** Sends so many notifications, and at least one. */
    void warmUp(long notifications) throws InterruptedException {
        for (long left = notifications; left > 0; left -= MOST_AT_ONCE) {
            long size = Math.min(left, MOST_AT_ONCE);
            run((flow, sink) -> flow.mixed(size, sink));
        }
    }

    /** One measured round of each subject. */
    Map<Subject, Measurement> round() throws InterruptedException {
        return run(this::aRound);
    }

    /** As above; measures the memory and the disk of Callweave at its end, too. */
    Map<Subject, Measurement> lastRound() throws InterruptedException {
        FootprintMeter meter = new FootprintMeter();
        Map<Subject, Measurement> measurements = new EnumMap<>(Subject.class);
        measurements.put(Subject.CALLWEAVE, callweave().run(this::aRound, GAPS_GIVEN_UP_AFTER, meter));
        footprint = meter.footprint(admin, state.path(), callweave().application());
        for (SubjectBench other : subjects.subList(1, subjects.size())) {
            measurements.put(other.subject(), other.run(this::aRound, GAPS_GIVEN_UP_AFTER));
        }
        return measurements;
    }

    private long aRound(LiveTraffic flow, LiveTraffic.Sink sink) {
        return flow.mixed(options.events(), sink);
    }

    /** At the end of the {@link #lastRound}. */
    Footprint footprint() {
        return Objects.requireNonNull(footprint, "The last round has not run.");
    }

    /** Restarts Callweave with its state directory and then without. */
    CurvePoint.Restoration restoration() throws InterruptedException {
        Measurement kept = restart(RunWatch.NONE);
        long changelogBytes = FootprintMeter.changelogBytes(admin, callweave().application());
        RestoreMeter meter = new RestoreMeter();
        Measurement lost = restart(meter);
        return new CurvePoint.Restoration(kept.seconds(), lost.seconds(), meter.records(), changelogBytes);
    }

    private Measurement restart(RunWatch watch) throws InterruptedException {
        return callweave().restart((flow, sink) -> flow.mixed(AFTER_RESTART, sink), GAPS_GIVEN_UP_AFTER, watch);
    }

    /** The traffic of Callweave. */
    LiveTraffic traffic() {
        return callweave().traffic();
    }

    private SubjectBench callweave() {
        return subjects.get(0);
    }

    private Map<Subject, Measurement> run(Part part) throws InterruptedException {
        Map<Subject, Measurement> measurements = new EnumMap<>(Subject.class);
        for (SubjectBench subject : subjects) {
            measurements.put(subject.subject(), subject.run(part, GAPS_GIVEN_UP_AFTER));
        }
        return measurements;
    }

    @Override
    public void close() {
        subjects.forEach(SubjectBench::close);
        state.close();
        BenchTopics.delete(admin, topic -> topic.startsWith(name + ".") || topic.startsWith(name + "-"));
    }
}
