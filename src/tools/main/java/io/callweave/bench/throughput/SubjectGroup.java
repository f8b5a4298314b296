package io.callweave.bench.throughput;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.traffic.LiveTraffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Subjects of one size, each with its own topics and state. They run in turn over the same traffic, part by part. The ratio within a
 * round is what counts: single figures depend on the machine and the hour.
 */
public final class SubjectGroup implements AutoCloseable {

    /** A part is on disk with all its outputs, which take several times its own size. */
    private static final long MOST_AT_ONCE = 250_000;

    private static final long LEAST_AT_ONCE = 1_000;

    /** About as many as a call has before others end as fast as new ones begin. */
    private static final long NOTIFICATIONS_PER_CALL = 12;

    /** The number of calls at a time goes up and down a little. */
    private static final double ENOUGH = 0.9;

    /** The first notifications after a restart, for all partitions. */
    private static final long AFTER_RESTART = 2_000;

    private final String name;
    private final BenchOptions options;
    private final BenchBroker broker;
    private final Consumer<String> progress;
    private final Pace pace;
    private final List<SubjectBench> subjects = new ArrayList<>();

    /**
     * Creates the topics.
     *
     * @param name the beginning of their names; {@code bench}, or {@code bench-} and more
     * @param more notifications than the options say that it may get
     * @param progress receives a line for each run
     */
    public SubjectGroup(
            String name,
            BenchOptions options,
            long more,
            List<Subject> chosen,
            BenchBroker broker,
            Consumer<String> progress) {
        this.name = name;
        this.options = options;
        this.broker = broker;
        this.progress = progress;
        pace = Pace.of(options, more, broker.templates(), System.currentTimeMillis());
        try {
            chosen.forEach(subject -> subjects.add(new SubjectBench(name, subject, options, pace, broker)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Makes the settled calls, then as many live calls as are to go on at a time; then it warms up. */
    public void prepare() {
        while (traffic().begun() < options.aged()) {
            run(
                    "settled calls",
                    (flow, sink) -> flow.brief(options.aged(), MOST_AT_ONCE, sink),
                    SubjectGroup::unwatched);
        }
        if (options.aged() == 0) {
            // Calls that are over before are not needed as settled ones.
            long full = pace.start() + broker.templates().longest();
            while (traffic().happensUntil(full)) {
                long size = partSize();
                run("live calls", (flow, sink) -> flow.goingOnAt(full, size, sink), SubjectGroup::unwatched);
            }
        }
        long step = Math.max(LEAST_AT_ONCE, options.concurrentCalls() * NOTIFICATIONS_PER_CALL);
        while (traffic().live() < ENOUGH * options.concurrentCalls()) {
            mixed("live calls", Math.min(step, partSize()), SubjectGroup::unwatched);
        }
        for (long left = options.warmUp(); left > 0; left -= MOST_AT_ONCE) {
            mixed("warm-up", Math.min(left, MOST_AT_ONCE), SubjectGroup::unwatched);
        }
    }

    /** Each part begins with work for every live call. */
    private long partSize() {
        return Math.max(MOST_AT_ONCE, 2L * traffic().live());
    }

    /** One measured round of each subject. */
    public Map<Subject, Measurement> round(int number) {
        return round(number, SubjectGroup::unwatched);
    }

    /** As above, with something that looks at each subject while it runs. */
    public Map<Subject, Measurement> round(int number, Function<Subject, StreamsApplication.Watch> watches) {
        return mixed("round " + number, options.events(), watches);
    }

    /** Lets all calls end, and checks that each was emitted. */
    public void finish() {
        subjects.forEach(SubjectBench::finish);
    }

    /** Restarts the first subject, and returns how long it took until it had processed a few notifications. */
    public double restart(StreamsApplication.Watch watch) {
        return first().restart((flow, sink) -> flow.mixed(AFTER_RESTART, sink), watch)
                .seconds();
    }

    /** The traffic of the first subject, which is that of all. */
    public LiveTraffic traffic() {
        return first().traffic();
    }

    /** Where the first subject runs. */
    public Site site() {
        return first().site();
    }

    private SubjectBench first() {
        return subjects.get(0);
    }

    private Map<Subject, Measurement> mixed(
            String part, long notifications, Function<Subject, StreamsApplication.Watch> watches) {
        return run(part, (flow, sink) -> flow.mixed(notifications, sink), watches);
    }

    private Map<Subject, Measurement> run(
            String part, SubjectBench.Part input, Function<Subject, StreamsApplication.Watch> watches) {
        Map<Subject, Measurement> measurements = new LinkedHashMap<>();
        for (SubjectBench each : subjects) {
            Measurement measurement = each.run(input, watches.apply(each.subject()));
            progress.accept("%-13s  %-17s %s".formatted(part, each.subject().label(), measurement.text()));
            measurements.put(each.subject(), measurement);
        }
        return measurements;
    }

    @Override
    public void close() {
        subjects.forEach(SubjectBench::close);
        BenchTopics.delete(broker.admin(), topic -> topic.startsWith(name + ".") || topic.startsWith(name + "-"));
    }

    /** Nothing looks at a subject while it runs. */
    private static StreamsApplication.Watch unwatched(Subject subject) {
        return StreamsApplication.Watch.NONE;
    }
}
