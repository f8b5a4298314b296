package io.callweave.bench.throughput;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.bench.traffic.InputPartitions;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.LocalException;
import io.callweave.topics.Topic;
import java.nio.file.Path;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;

/**
 * One subject with its topics, its state and its place in the traffic. It runs only while it is measured, and then
 * continues where it stopped, so its state ages with the traffic.
 */
public final class SubjectBench implements AutoCloseable {

    private final Subject subject;
    private final Candidate candidate;
    private final BenchSite site;
    private final LiveTraffic traffic;
    private final OutputCheck check;
    private long checksum;

    /**
     * The common environment of all subjects.
     *
     * @param name the beginning of their topics and applications; {@code bench}, or {@code bench-} and more
     * @param stateDirectory for all of them
     */
    public record BenchSite(
            String name,
            BenchOptions options,
            String bootstrapServers,
            Admin admin,
            Path stateDirectory,
            CpuTimes cpu) {}

    /** A part of the input. */
    public interface Part {

        /** Returns how many notifications it has written. */
        long put(LiveTraffic traffic, LiveTraffic.Sink sink);
    }

    /** Looks at an application while it runs. */
    public interface RunWatch {

        /** Sees nothing. */
        RunWatch NONE = new RunWatch() {};

        default void beforeStart(KafkaStreams streams) {}

        /** All work is done and committed. */
        default void beforeStop(KafkaStreams streams) {}
    }

    /** Creates its topics. */
    public SubjectBench(Subject subject, BenchSite site, Pace pace, CallTemplates templates) {
        this.subject = subject;
        this.site = site;
        this.candidate = subject.candidate(prefix(), site.options(), pace.lateWindow());
        this.traffic = new LiveTraffic(
                templates,
                site.options().accounts(),
                pace.start(),
                pace.gap(),
                site.options().linkedShare());
        this.check = new OutputCheck(
                subject.label(), site.bootstrapServers(), site.options().partitions());
        candidate.createTopics(site.admin());
    }

    /** Its place in the traffic. */
    public LiveTraffic traffic() {
        return traffic;
    }

    public Subject subject() {
        return subject;
    }

    /** The number of calls in all input so far, of this and all earlier parts. */
    long checksum() {
        return checksum;
    }

    /**
     * Runs the subject over the next part of the input, and checks that it has read all of it.
     *
     * @param runOn how long simulated time continues after the last notification, in milliseconds
     * @throws LocalException if the subject fails or has not done its work
     */
    public Measurement run(Part part, long runOn) throws InterruptedException {
        return run(part, runOn, RunWatch.NONE);
    }

    /** As above, with somebody who looks at the application. */
    public Measurement run(Part part, long runOn, RunWatch watch) throws InterruptedException {
        return checked(part, runOn, TimedRun.Begin.WHEN_RUNNING, watch);
    }

    /**
     * As above, but the input is there from the start, and the start of the application is measured, too. It has its
     * state, or restores it.
     */
    public Measurement restart(Part part, long runOn, RunWatch watch) throws InterruptedException {
        return checked(part, runOn, TimedRun.Begin.BEFORE_START, watch);
    }

    private Measurement checked(Part part, long runOn, TimedRun.Begin begin, RunWatch watch)
            throws InterruptedException {
        Measurement measurement = runUnchecked(part, runOn, begin, watch);
        check.notifications(candidate.oneForEach(), measurement.notifications());
        check.calls(candidate);
        deleteOld();
        return measurement;
    }

    private Measurement runUnchecked(Part part, long runOn, TimedRun.Begin begin, RunWatch watch)
            throws InterruptedException {
        InputPartitions partitions =
                new InputPartitions(subject.partitionBy(), site.options().partitions());
        try (BenchInput input =
                new BenchInput(site.bootstrapServers(), Topic.NOTIFICATIONS.name(prefix()), partitions)) {
            long notifications = part.put(traffic, input);
            input.flush();
            checksum = 31 * checksum + input.checksum();
            return new TimedRun(subject.label(), site, application(), prefix(), begin)
                    .measure(candidate.run(notifications, traffic.now() + runOn), input, notifications, watch);
        }
    }

    /**
     * Checks that every call that has begun was emitted.
     *
     * @throws LocalException if not
     */
    void checkCalls() {
        if (!candidate.calls().isEmpty()) {
            check.allCalls(candidate.expectedCalls(traffic));
        }
    }

    /**
     * Sends one more event to calls that must be closed by now, and checks that each is rejected as too late.
     *
     * @param runOn as above, but longer, because the work is done when the clock has reached that time
     * @throws LocalException if one is still open
     */
    Measurement checkClosed(long endedBefore, long runOn) throws InterruptedException {
        String deadLetters = Topic.DEAD_LETTERS.name(prefix());
        check.rejected(deadLetters, "tooLate", 0);
        Measurement late = runUnchecked(
                (flow, sink) -> flow.lateEvents(endedBefore, sink), runOn, TimedRun.Begin.WHEN_RUNNING, RunWatch.NONE);
        check.rejected(deadLetters, "tooLate", late.notifications());
        return late;
    }

    private void deleteOld() {
        BenchTopics.deleteOld(site.admin(), prefix(), site.options().partitions(), application());
    }

    /** The id of its Kafka Streams application, which its changelogs and its state directory are named after. */
    public String application() {
        return site.name() + "-" + subject.label();
    }

    private String prefix() {
        return site.name() + "." + subject.label() + ".";
    }

    @Override
    public void close() {
        check.close();
    }
}
